using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Language;

namespace CityBrain.Dispatch;

/// <summary>The gate for matters that are not on a level's list: 清单外事项不得下放. Pure.</summary>
public static class ReleaseGate
{
    /// <summary>The stable code of what the gate stops.</summary>
    public const string Code = "OUT_OF_LIST";

    /// <summary>True when the department serves a smaller area than the lowest level that may be given the item.</summary>
    public static bool NeedsRelease(CatalogueItem item, Department department, AreaMap areas) =>
        department is { AreaId: { } area, MayLead: true } && areas.Find(area) is { } served && served.Level > item.Level;

    /// <summary>True when the department may not be given the case: off the list of its level, and without a release that is still good.</summary>
    public static bool IsClosed(string department, Case current, CityModel city, DateTimeOffset now) =>
        city.Departments.Find(department) is { } found
        && NeedsRelease(city.Catalogue.Find(current.Triage!.CategoryCode) ?? city.Catalogue.Other, found, city.Areas)
        && !(current.Dispatch?.Release is { } release && release.Department == department && release.Expiry > now);

    /// <summary>True when life is at risk, by the category or because triage said so: such a task passes at once and is reviewed afterwards.</summary>
    public static bool MayBypass(Case current, CityModel city) =>
        current.Triage!.Urgency is Urgency.LifeSafety || city.Catalogue.Find(current.Triage.CategoryCode)?.Urgency is Urgency.LifeSafety;

    /// <summary>When the release under which the department has the case ends; null when it needs none, or has the case for the sake of life.</summary>
    public static DateTimeOffset? ExpiryOf(Case current) =>
        current is { Assignment.Department: { } holder, Dispatch.Release: { } release } && release.Department == holder ? release.Expiry : null;
}

/// <summary>Stops at the gate.</summary>
public sealed record AskRelease(string Department, string? RuleId = null) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.AskRelease;

    /// <inheritdoc/>
    public override string Summary => $"{ReleaseGate.Code}: not on the list of {Department}'s level{(RuleId is null ? "" : $" (rule {RuleId})")}";

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { Triage = current.Triage! with { LeadDepartment = Department } };
}

/// <summary>A release has reached its expiry while the department still had the task: an expired release is no release.</summary>
public sealed record ExpireRelease : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.ExpireRelease;

    /// <inheritdoc/>
    public override string SummaryOf(Case before, Case after) => $"{ReleaseGate.Code}: the release for {before.Assignment!.Department} ended";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        ReleaseGate.ExpiryOf(current) <= context.Now ? [] : ["No release has expired."];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { Triage = current.Triage! with { LeadDepartment = current.Assignment!.Department } };
}

/// <summary>Lets the task through: with money, a handbook, a name and an end. 清单外审核</summary>
public sealed record Release(string Funding, string Handbook, string Approver, DateTimeOffset Expiry) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Release;

    /// <inheritdoc/>
    public override string Summary => $"funding {Funding}, handbook {Handbook}, approved by {Approver} until {Expiry:O}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        if (string.IsNullOrWhiteSpace(Funding) || string.IsNullOrWhiteSpace(Handbook) || string.IsNullOrWhiteSpace(Approver))
        {
            yield return "A release needs funding, handbook and approver (role): the budget follows the task.";
        }

        foreach (var problem in TooLong(("funding", Funding), ("handbook", Handbook), ("approver", Approver)))
        {
            yield return problem;
        }

        if (Expiry <= context.Now)
        {
            yield return "expiry must lie in the future.";
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var lead = current.Triage!.LeadDepartment;
        var sent = Assigning.To(lead, current, context);
        return sent with { Dispatch = DispatchFacts.Of(sent) with { Release = new ReleaseGrant(lead, Redactor.Redact(Funding), Redactor.Redact(Handbook), Redactor.Redact(Approver), Expiry) } };
    }
}

/// <summary>Refuses the release: the city's own department for the item takes the case.</summary>
public sealed record RefuseRelease(string Reason) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.RefuseRelease;

    /// <inheritdoc/>
    public override string Summary => Reason;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        string.IsNullOrWhiteSpace(Reason) ? ["Give a reason."] : TooLong(("reason", Reason));

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var city = context.City;
        var item = city.Catalogue.Find(current.Triage!.CategoryCode) ?? city.Catalogue.Other;
        var above = city.Areas.Find(city.Areas.Find(current.Triage.AreaId)?.ParentId ?? "") ?? city.Areas.City;
        var area = above.Level > item.Level ? city.Areas.AtLevel(above.Id, item.Level).Id : above.Id;
        return current with { Triage = current.Triage with { LeadDepartment = city.LeadOf(item, area).Id, LeadNamed = true, DecidedBy = "person:" + context.Actor.Name } };
    }
}
