using CityBrain.Cases;

namespace CityBrain.Triage;

/// <summary>Triage is sure: category, area, urgency and departments are known.</summary>
public sealed record CompleteTriage(TriageResult Result) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Triage;

    /// <inheritdoc/>
    public override string Summary => $"{Result.CategoryCode} in {Result.AreaId} to {Result.LeadDepartment}: {Result.Why}";

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { Triage = Result };
}

/// <summary>Triage is unsure: a person decides, with the best guess before them.</summary>
public sealed record AskReview(TriageResult Guess, string Unsure) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.AskReview;

    /// <inheritdoc/>
    public override string Summary => Unsure;

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { Triage = Guess };
}

/// <summary>
/// A person confirms or corrects the triage; what is left out stays as guessed. Unless the person names the lead, the routing rules are asked with what is known
/// now. What the machine had guessed stays on the record, with its model, beside what the person decided.
/// </summary>
public sealed record ConfirmTriage(string? CategoryCode = null, string? AreaId = null, string? LeadDepartment = null) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.ConfirmTriage;

    /// <inheritdoc/>
    public override string Summary => $"category {CategoryCode ?? "as guessed"}, area {AreaId ?? "as guessed"}, lead {LeadDepartment ?? "by catalogue"}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        if (CategoryCode is not null && context.City.Catalogue.Find(CategoryCode) is null)
        {
            yield return $"categoryCode '{CategoryCode}' is not in the catalogue.";
        }

        if (AreaId is not null && context.City.Areas.Find(AreaId) is null)
        {
            yield return $"areaId '{AreaId}' is not an area of this city.";
        }

        if (LeadDepartment is not null && context.City.Departments.Find(LeadDepartment) is var lead && lead is not { MayLead: true })
        {
            yield return lead?.HelpsOnly ?? $"leadDepartment '{LeadDepartment}' is not a department of this city.";
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var guess = current.Triage!;
        var item = context.City.Catalogue.Find(CategoryCode ?? guess.CategoryCode) ?? context.City.Catalogue.Other;
        var area = AreaId ?? guess.AreaId;
        return current with
        {
            Triage = guess with
            {
                CategoryCode = item.Code,
                CatalogueVersion = item.Version,
                AreaId = area,
                Urgency = item.Urgency,
                LeadDepartment = LeadDepartment ?? context.City.LeadOf(item, area).Id,
                LeadNamed = LeadDepartment is not null,
                CoDepartments = item.CoDepartments,
                DecidedBy = "person:" + context.Actor.Name,
                Why = "confirmed by a person",
            },
        };
    }
}

/// <summary>Hands the case to somebody outside the city's departments. 转介</summary>
public sealed record Refer(string To, string Reason) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Refer;

    /// <inheritdoc/>
    public override string Summary => $"to {To}: {Reason}";

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        string.IsNullOrWhiteSpace(To) || string.IsNullOrWhiteSpace(Reason) ? ["Say to whom (to) and why (reason)."] : TooLong(("to", To), ("reason", Reason));
}

/// <summary>The reporter takes the appeal back. 撤回</summary>
public sealed record Withdraw(string Reason) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Withdraw;

    /// <inheritdoc/>
    public override string Summary => Reason;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        string.IsNullOrWhiteSpace(Reason) ? ["Give a reason."] : TooLong(("reason", Reason));
}
