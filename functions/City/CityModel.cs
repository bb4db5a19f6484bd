namespace CityBrain.City;

/// <summary>What the city is, as <see cref="CityLoader"/> read it at start. Immutable and safe for concurrent use.</summary>
public sealed class CityModel
{
    /// <summary>Id of the city, which is the id of its area of level <see cref="AreaLevel.City"/>.</summary>
    public required string Id { get; init; }

    /// <summary>What people call the city.</summary>
    public required LocalizedName Name { get; init; }

    /// <summary>The clock on the city's walls.</summary>
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>The areas of the five levels.</summary>
    public required AreaMap Areas { get; init; }

    /// <summary>The departments and offices.</summary>
    public required Departments Departments { get; init; }

    /// <summary>The responsibilities catalogue.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>The working calendar.</summary>
    public required WorkingCalendar Calendar { get; init; }

    /// <summary>The routing rules.</summary>
    public RoutingRules Routing { get; init; } = RoutingRules.None;

    /// <summary>The rules of dispatch.</summary>
    public DispatchPolicy Dispatch { get; init; } = new();

    /// <summary>The sensors.</summary>
    public required DeviceRegistry Devices { get; init; }

    /// <summary>Names of places.</summary>
    public required Gazetteer Places { get; init; }

    /// <summary>Words that say that a life is at risk.</summary>
    public LifeRiskWords LifeRisk { get; init; } = LifeRiskWords.None;

    /// <summary>What the city knows and asks nobody for again.</summary>
    public KnownFields Known { get; init; } = new([]);

    /// <summary>Matters that need items of several departments.</summary>
    public IReadOnlyList<OneThing> Things { get; init; } = [];

    /// <summary>The thing that cases of a category are; null when they are none.</summary>
    public OneThing? ThingOf(string? category) => Things.FirstOrDefault(thing => thing.Category == category);

    /// <summary>Every grid worker and every community's own office.</summary>
    public IEnumerable<Department> Workers => Departments.All.Where(department => IsWorker(department.Id));

    /// <summary>True for a grid worker 网格员 or a community's own office: a department that serves an area of one of these two levels.</summary>
    public bool IsWorker(string department) =>
        Departments.Find(department) is { AreaId: { } area, MayLead: true } && Areas.Find(area) is { Level: >= AreaLevel.Community };

    /// <summary>The first kind of office above an area that has one, nearest level first; null when there is none.</summary>
    public Department? OfficeAbove(string areaId) => Areas.Chain(areaId).Skip(1)
        .Select(area => Departments.All.FirstOrDefault(kind => kind.OfficeLevel == area.Level && kind.MayLead) is { } kind ? Departments.Find(Departments.OfficeId(kind.Id, area.Id)) : null)
        .FirstOrDefault(office => office is not null);

    /// <summary>Who leads a case of an item in an area: the department of the item, or the area's own office when the item names a kind of office.</summary>
    public Department LeadOf(CatalogueItem item, string? areaId) =>
        Departments.OfficeOf(item.LeadDepartment, areaId, Areas)
        ?? throw new ArgumentException($"Catalogue item '{item.Code}' does not belong to this city: it has no department '{item.LeadDepartment}'.", nameof(item));
}
