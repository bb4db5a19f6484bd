using CityBrain.Cases;

namespace CityBrain.Triage;

/// <summary>A person joins the case to a master case about the same matter. 并案</summary>
public sealed record Merge(string Into) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Merge;

    /// <inheritdoc/>
    public override string Summary => "into " + Into;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        if (!CaseKeys.IsCaseId(Into ?? ""))
        {
            yield return "into must be the id of a case.";
        }
        else if (Into == current.Id)
        {
            yield return "A case cannot be merged into itself.";
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { MergedInto = Into, MergedAs = MergeKind.SameMatter };
}

/// <summary>Triage found the master case: the same person asks again, or somebody else asks for the same.</summary>
public sealed record JoinMaster(string Into, MergeKind Kind, TriageResult Result, string Why) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Merge;

    /// <inheritdoc/>
    public override string Summary => $"into {Into}, {(Kind is MergeKind.SamePerson ? "the same person" : "somebody else")}: {Why}";

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { Triage = Result, MergedInto = Into, MergedAs = Kind };
}

/// <summary>The merge was wrong: the case is one of its own again, and a person looks at it. 拆案</summary>
public sealed record Unmerge(string Reason) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Unmerge;

    /// <inheritdoc/>
    public override string Summary => Reason;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        string.IsNullOrWhiteSpace(Reason) ? ["Give a reason."] : TooLong(("reason", Reason));

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var other = context.City.Catalogue.Other;
        var area = context.City.Areas.City.Id;
        return current with
        {
            MergedInto = null,
            MergedAs = null,
            Triage = current.Triage ?? new TriageResult(other.Code, other.Version, area, other.Urgency, context.City.LeadOf(other, area).Id, other.CoDepartments, "none", "it was merged before triage"),
        };
    }
}

/// <summary>The same person asked again for what this case is about: no new clock. 催办</summary>
public sealed record Urge(string CaseId) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Urge;

    /// <inheritdoc/>
    public override string Summary => "asked again with " + CaseId;

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { Urges = current.Urges + 1 };
}

/// <summary>Somebody else asked for what this case is about, and is called back with it.</summary>
public sealed record Subscribe(string CaseId) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Subscribe;

    /// <inheritdoc/>
    public override string Summary => "asked for as well with " + CaseId;

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) => current with { Subscribers = current.Subscribers + 1 };
}
