using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Language;
using CityBrain.Triage;

namespace CityBrain.Dispatch;

/// <summary>
/// A duty officer corrects what triage found of a case that a department has. The routing rules are asked again with what is known now, in their order; where they
/// name another department the case goes there, unless an arbiter bound it or it is to stay.
/// </summary>
public abstract record Correction(string Reason, bool KeepDepartment) : CaseCommand
{
    /// <inheritdoc/>
    public override string SummaryOf(Case before, Case after) =>
        $"{Words(before, after)}: {Reason}{(after.Dispatch?.Reroute is { } to ? $"; to {to.Department}{(to.RuleId is { } rule ? $" by rule {rule}" : "")}" : "")}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        var faults = Faults(current, context).Concat(string.IsNullOrWhiteSpace(Reason) ? ["Give a reason."] : TooLong(("reason", Reason))).ToList();
        return faults.Count > 0 || current.Assignment is null ? faults : OffTheList(Corrected(current, context), context.City);
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var corrected = Corrected(current, context);
        if (current.Assignment is null)
        {
            return corrected;
        }

        var target = TargetOf(corrected, context.City);
        return corrected with
        {
            Triage = corrected.Triage! with { LeadDepartment = target.Department, LeadNamed = KeepDepartment },
            Dispatch = target.Department == current.Assignment.Department
                ? corrected.Dispatch is { } facts ? facts with { Reroute = null } : null
                : DispatchFacts.Of(corrected) with { Reroute = target },
        };
    }

    /// <summary>What is wrong with the arguments.</summary>
    protected abstract IEnumerable<string> Faults(Case current, ChangeContext context);

    /// <summary>The case with the correction made, and still where it is.</summary>
    protected abstract Case Corrected(Case current, ChangeContext context);

    /// <summary>What was corrected.</summary>
    protected abstract string Words(Case before, Case after);

    private Reroute TargetOf(Case corrected, CityModel city) =>
        KeepDepartment || corrected.Assignment!.Binding ? new Reroute(corrected.Assignment!.Department, corrected.Assignment.RuleId) : RouteFinder.LeadOf(corrected, city);

    private IEnumerable<string> OffTheList(Case corrected, CityModel city)
    {
        var target = TargetOf(corrected, city).Department;
        var item = city.Catalogue.Find(corrected.Triage!.CategoryCode) ?? city.Catalogue.Other;
        var closed = ReleaseGate.NeedsRelease(item, city.Departments.Find(target)!, city.Areas);
        if (closed && (target == corrected.Assignment!.Department || !ReleaseGate.MayBypass(corrected, city)))
        {
            yield return $"'{item.Code}' is not on the list of the level of '{target}'; reassign the case first.";
        }
    }
}

/// <summary>Corrects the category of a case that a department has; elapsed time and pauses stay while the department stays. 变更类别</summary>
public sealed record Reclassify(string CategoryCode, string Reason, bool KeepDepartment = false) : Correction(Reason, KeepDepartment)
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Reclassify;

    /// <inheritdoc/>
    protected override string Words(Case before, Case after) => $"{before.Triage!.CategoryCode} becomes {CategoryCode}";

    /// <inheritdoc/>
    protected override IEnumerable<string> Faults(Case current, ChangeContext context) =>
        context.City.Catalogue.Find(CategoryCode ?? "") is null ? [$"categoryCode '{CategoryCode}' is not in the catalogue."]
        : CategoryCode == current.Triage!.CategoryCode ? ["The case is of that category."]
        : [];

    /// <inheritdoc/>
    protected override Case Corrected(Case current, ChangeContext context)
    {
        var item = context.City.Catalogue.Find(CategoryCode)!;
        var assignment = current.Assignment!;
        return current with
        {
            Triage = current.Triage! with
            {
                CategoryCode = item.Code,
                CatalogueVersion = item.Version,
                Urgency = item.Urgency,
                CoDepartments = item.CoDepartments,
                DecidedBy = "person:" + context.Actor.Name,
                Why = "category corrected after dispatch",
            },
            Assignment = assignment with { Clocks = SlaClock.Change(assignment.Clocks, DispatchFacts.Of(current).Pauses, item.Limits, context.Now, context.City.Calendar) },
        };
    }
}

/// <summary>Corrects the place of a case: by coordinates, or by its area where these leave a doubt or are not known. 变更位置</summary>
/// <param name="Lat">Degrees, WGS84; with <paramref name="Lon"/>.</param>
/// <param name="Lon">Degrees, WGS84.</param>
/// <param name="Address">In words, at most 300 characters; null when none is known.</param>
/// <param name="AreaId">The area; null: as the coordinates say.</param>
/// <param name="Reason">Why.</param>
/// <param name="KeepDepartment">True when the department stays, whatever the rules say.</param>
public sealed record Relocate(double? Lat, double? Lon, string? Address, string? AreaId, string Reason, bool KeepDepartment = false) : Correction(Reason, KeepDepartment)
{
    private const int LongestAddress = 300;

    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Relocate;

    /// <inheritdoc/>
    protected override string Words(Case before, Case after) => $"{before.Triage!.AreaId} becomes {after.Triage!.AreaId}";

    /// <inheritdoc/>
    protected override IEnumerable<string> Faults(Case current, ChangeContext context)
    {
        if (Lat is null != Lon is null || (Lat is null && AreaId is null))
        {
            yield return "Give lat and lon together, or areaId.";
        }
        else if (Lat is < -90 or > 90 || Lon is < -180 or > 180)
        {
            yield return "lat: degrees from -90 to 90; lon: degrees from -180 to 180.";
        }
        else if (AreaId is not null && context.City.Areas.Find(AreaId) is null)
        {
            yield return $"areaId '{AreaId}' is not an area of this city.";
        }
        else if (AreaId is null && PlaceOf(current, context.City).Unsure is { } unsure)
        {
            yield return unsure + " Name areaId.";
        }

        if (Address?.Length > LongestAddress)
        {
            yield return $"address has {Address.Length} characters; at most {LongestAddress} fit.";
        }
    }

    /// <inheritdoc/>
    protected override Case Corrected(Case current, ChangeContext context) => Moved(current) with
    {
        Triage = current.Triage! with
        {
            AreaId = AreaId ?? PlaceOf(current, context.City).AreaId,
            DecidedBy = "person:" + context.Actor.Name,
            Why = "place corrected by a person",
        },
    };

    private Case Moved(Case current) => current with
    {
        Point = Lat is { } latitude && Lon is { } longitude ? new GeoPoint(latitude, longitude) : null,
        Address = Address is null ? null : Redactor.Redact(Address),
        NamedPlaces = null,
    };

    private Jurisdiction PlaceOf(Case current, CityModel city) =>
        Jurisdiction.Of(Moved(current), city.Departments.Find((city.Catalogue.Find(current.Triage!.CategoryCode) ?? city.Catalogue.Other).LeadDepartment)?.OfficeLevel, city);
}
