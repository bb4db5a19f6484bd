using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Dispatch;

/// <summary>The gate for matters that are not on a level's list: 清单外事项不得下放. Pure.</summary>
public static class ReleaseGate
{
    /// <summary>True when the department serves a smaller area than the lowest level that may be given the item.</summary>
    public static bool NeedsRelease(CatalogueItem item, Department department, AreaMap areas) =>
        department.AreaId is { } area && areas.Find(area) is { } served && served.Level > item.Level;
}

/// <summary>Stops at the gate.</summary>
public sealed record AskRelease(string Department) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.AskRelease;

    /// <inheritdoc/>
    public override string Summary => $"not on the list of {Department}'s level";
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
    public override Case Apply(Case current, ChangeContext context) => Assigning.To(current.Triage!.LeadDepartment, current, context);
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
        return current with { Triage = current.Triage with { LeadDepartment = city.LeadOf(item, area).Id } };
    }
}
