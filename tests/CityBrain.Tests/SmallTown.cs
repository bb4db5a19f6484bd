using CityBrain.Cases;
using CityBrain.City;
using NetTopologySuite.Geometries;

namespace CityBrain.Tests;

/// <summary>
/// A city of two districts, each of one street with one community of two grids; every grid is 0.1 degrees wide and high, at the equator.
/// Its catalogue has an item for each way that a case can go.
/// </summary>
internal static class SmallTown
{
    /// <summary>A Wednesday, ten in the morning in Shanghai.</summary>
    public static readonly DateTimeOffset Morning = new(2024, 9, 18, 2, 0, 0, TimeSpan.Zero);

    public static readonly WorkingCalendar Shanghai = new(
        new CalendarRules(
            "test-1",
            [Hours(8.5, 12), Hours(13.5, 18)],
            [DayOfWeek.Saturday, DayOfWeek.Sunday],
            [],
            [new CalendarYear(2024, "test", [new Holiday(Name("National Day"), new(2024, 10, 1), new(2024, 10, 7))], [new(2024, 9, 29), new(2024, 10, 12)])]),
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    public static readonly AreaMap Areas = new([.. Shapes()]);

    /// <summary>Trips at two metres held for ten minutes, clears below one and a half.</summary>
    public static readonly DeviceRule HighWater = new("high", "level", ThresholdDirection.Up, 2, 1.5, TimeSpan.FromMinutes(10), "water");

    public static readonly Device Gauge = new("gauge-1", "river-gauge", Name("Gauge"), 0.05, 0.05, "g-west-1", [HighWater]);

    public static readonly CityModel City = new()
    {
        Id = "town",
        Name = Name("Town"),
        TimeZone = Shanghai.TimeZone,
        Areas = Areas,
        Departments = new([.. DepartmentList()]),
        Catalogue = new(
        [
            Item("other", "hotline", AreaLevel.City, []),
            Item("rubbish", "sanitation", AreaLevel.Street, ["rubbish", "垃圾"]),
            Item("water", "waterworks", AreaLevel.City, ["flooding", "积水"], Urgency.Urgent, RoundTheClock),
            Item("noise", "street-office", AreaLevel.Street, ["noise", "噪音"]),
            Item("licence", "street-office", AreaLevel.District, ["licence", "执照"]),
            Item("doorway", "grid-crew", AreaLevel.Grid, ["doorway", "楼道"]),
        ]),
        Calendar = Shanghai,
        Devices = new([Gauge]),
        Places = new(Areas, [new("west market", "c-west"), new("east market", "c-east"), new("东市场", "c-east")]),
        Known = new([new("case.address", Name("Address"), ["address", "地址"]), new("device.list", Name("Devices"), ["number of devices"])]),
        LifeRisk = new([new("119", true, ["is on fire", "着火了"]), new("119", false, ["fire", "着火"])], ["fire hydrant"]),
    };

    /// <summary>The same town with another catalogue or other routing rules.</summary>
    public static CityModel With(Catalogue? catalogue = null, RoutingRules? routing = null) => new()
    {
        Id = City.Id,
        Name = City.Name,
        TimeZone = City.TimeZone,
        Areas = Areas,
        Departments = City.Departments,
        Catalogue = catalogue ?? City.Catalogue,
        Calendar = Shanghai,
        Devices = City.Devices,
        Places = City.Places,
        LifeRisk = City.LifeRisk,
        Routing = routing ?? City.Routing,
    };

    public static TimeLimits Working => new(WorkDuration.WorkingHours(1), WorkDuration.WorkingHours(4), WorkDuration.WorkingDays(1), WorkDuration.WorkingDays(3));

    public static TimeLimits RoundTheClock => new(
        WorkDuration.RoundTheClock(TimeSpan.FromMinutes(30)),
        WorkDuration.RoundTheClock(TimeSpan.FromHours(1)),
        WorkDuration.RoundTheClock(TimeSpan.FromHours(2)),
        WorkDuration.RoundTheClock(TimeSpan.FromHours(24)));

    public static ChangeContext At(DateTimeOffset now, string actor = "officer") => new(now, new Actor(actor, ActorKind.Staff), City);

    public static readonly Actor Duty = new("duty", ActorKind.Staff) { IsDuty = true };

    /// <summary>A case as intake drafts it.</summary>
    public static Case Draft(string sourceId = "1", string text = "rubbish in the street", GeoPoint? at = null) => new()
    {
        Id = CaseKeys.CaseId("hotline", sourceId),
        Origin = new CaseOrigin(OriginKind.Appeal, "hotline", sourceId),
        Text = text,
        OccurredAt = Morning,
        FiledAt = Morning,
        ChangedAt = Morning,
        Version = 1,
        Point = at ?? new GeoPoint(0.05, 0.05),
    };

    public static LocalizedName Name(string name) => new(name, name);

    public static WorkHours Hours(double opens, double closes) => new(TimeSpan.FromHours(opens), TimeSpan.FromHours(closes));

    private static CatalogueItem Item(string code, string lead, AreaLevel level, string[] words, Urgency urgency = Urgency.Routine, TimeLimits? limits = null) =>
        new(code, 1, Name(code), lead, [], level, urgency, limits ?? Working, words);

    private static IEnumerable<Department> DepartmentList()
    {
        foreach (var id in new[] { "hotline", "sanitation", "waterworks", "parks" })
        {
            yield return new(id, Name(id), null);
        }

        yield return new("homes", Name("homes"), null, "c-west", Kind: OrganisationKind.Property);
        yield return new("red-armband", Name("red-armband"), null, Kind: OrganisationKind.Volunteers);
        foreach (var (id, level) in new[] { ("street-office", AreaLevel.Street), ("grid-crew", AreaLevel.Grid) })
        {
            yield return new(id, Name(id), null, null, level);
            foreach (var area in Areas.All.Where(area => area.Level == level))
            {
                yield return new(Departments.OfficeId(id, area.Id), Name(id), id, area.Id);
            }
        }
    }

    private static IEnumerable<AreaShape> Shapes()
    {
        AreaShape Shape(string id, AreaLevel level, string? parent, double west, double south, double width, double height) =>
            new(new Area(id, level, Name(id), parent), new GeometryFactory().ToGeometry(new Envelope(west, west + width, south, south + height)));

        yield return Shape("town", AreaLevel.City, null, 0, 0, 0.2, 0.2);
        foreach (var (side, west) in new[] { ("west", 0.0), ("east", 0.1) })
        {
            yield return Shape($"d-{side}", AreaLevel.District, "town", west, 0, 0.1, 0.2);
            yield return Shape($"s-{side}", AreaLevel.Street, $"d-{side}", west, 0, 0.1, 0.2);
            yield return Shape($"c-{side}", AreaLevel.Community, $"s-{side}", west, 0, 0.1, 0.2);
            yield return Shape($"g-{side}-1", AreaLevel.Grid, $"c-{side}", west, 0, 0.1, 0.1);
            yield return Shape($"g-{side}-2", AreaLevel.Grid, $"c-{side}", west, 0.1, 0.1, 0.1);
        }
    }
}
