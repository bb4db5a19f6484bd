using CityBrain.Cases;
using CityBrain.Language;

namespace CityBrain.Dispatch;

/// <summary>Blows the whistle: calls others to help on the spot. A kind of office stands for the office of the case's area. 吹哨</summary>
/// <param name="Parties">Ids of departments, property companies or volunteers, 1 to <see cref="WhistleLaw.MostParties"/>.</param>
/// <param name="Purpose">What for.</param>
/// <param name="Quorum">So many contributions close it; null: all.</param>
/// <param name="Hard">True for a hard matter: more time to report in.</param>
public sealed record Whistle(IReadOnlyList<string>? Parties, string Purpose, int? Quorum = null, bool Hard = false) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Whistle;

    /// <inheritdoc/>
    public override string SummaryOf(Case before, Case after) =>
        after.Whistles![^1] is var round ? $"round {round.Number}, for {string.Join(", ", round.Parties.Select(party => party.Id))}: {Purpose}" : "";

    /// <inheritdoc/>
    public override WhistleNews WhistleOf(Case changed) => new(changed.Whistles![^1].Number, [.. changed.Whistles[^1].Parties.Select(party => party.Id)]);

    /// <inheritdoc/>
    public override CommandConflict? Conflict(Case current, ChangeContext context) => current.Whistles?.Any(round => round.ClosedAt is null) is true
        ? new("WHISTLE_OPEN", "A whistle of the case is still open; close it before another is blown.", [CaseAction.CloseWhistle])
        : null;

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        var named = Parties ?? [];
        if (named.Count is < 1 or > WhistleLaw.MostParties || named.Any(party => party is null))
        {
            yield return $"parties must name 1 to {WhistleLaw.MostParties} departments, property companies or volunteers.";
            yield break;
        }

        var unknown = named.Where(party => IdOf(party, current, context) is null).ToList();
        foreach (var party in unknown)
        {
            yield return $"parties: '{party}' is not in the list of departments of this city.";
        }

        var ids = named.Where(party => !unknown.Contains(party, StringComparer.Ordinal)).Select(party => IdOf(party, current, context)).ToList();
        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Count || ids.Contains(current.Assignment!.Department, StringComparer.Ordinal))
        {
            yield return "parties must be different from each other and from the lead.";
        }

        if (Quorum is { } quorum && (quorum < 1 || quorum > named.Count))
        {
            yield return "quorum must be 1 to the number of parties.";
        }

        foreach (var problem in string.IsNullOrWhiteSpace(Purpose) ? ["Give the purpose."] : TooLong(("purpose", Purpose)))
        {
            yield return problem;
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var parties = Parties!.Select(party => WhistleLaw.Call(IdOf(party, current, context)!, Hard, context.Now, context.City)).ToList();
        return WhistleLaw.With(current, new WhistleRound(
            (current.Whistles?.Count ?? 0) + 1, Redactor.Redact(Purpose), current.Assignment!.Department, context.Actor.Name, context.Now, Quorum ?? parties.Count, Hard, parties));
    }

    private static string? IdOf(string party, Case current, ChangeContext context) =>
        context.City.Departments.OfficeOf(party, current.Triage!.AreaId, context.City.Areas)?.Id;
}

/// <summary>The lead closes a whistle before its quorum is reached.</summary>
public sealed record CloseWhistle(string Reason) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.CloseWhistle;

    /// <inheritdoc/>
    public override string Summary => Reason;

    /// <inheritdoc/>
    public override WhistleNews WhistleOf(Case changed) => new(changed.Whistles![^1].Number, [.. changed.Whistles[^1].Parties.Select(party => party.Id)]);

    /// <inheritdoc/>
    public override CommandConflict? Conflict(Case current, ChangeContext context) => current.Whistles is { Count: > 0 } rounds && rounds[^1].ClosedAt is null
        ? null
        : new("NO_WHISTLE", "No whistle of the case is open.", [CaseAction.Whistle]);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        string.IsNullOrWhiteSpace(Reason) ? ["Give a reason."] : TooLong(("reason", Reason));

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        WhistleLaw.With(current, current.Whistles![^1] with { ClosedAt = context.Now, ClosedBy = context.Actor.Name });
}

/// <summary>Reminds a party of a whistle; at the end of the report-in clock it marks the party absent 吹哨不到.</summary>
public sealed record RemindWhistle(int Round, string Party, ClockKind Clock, int Percent) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.RemindWhistle;

    /// <inheritdoc/>
    public override string Summary => $"round {Round}, {Party}: {(IsAbsence ? "absent" : $"{Clock} {Percent}%")}";

    /// <inheritdoc/>
    public override WhistleNews WhistleOf(Case changed) =>
        new(Round, [Party], new ClockRung(Clock, Percent, WhistleLaw.DueOf(WhistleLaw.Find(changed, Round)!.Find(Party)!, Clock)));

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        WhistleLaw.NextAlarm(current, Round, Party, context.City) is { } alarm && alarm.Clock == Clock && alarm.Percent == Percent && alarm.At <= context.Now ? [] : ["No such reminder is due."];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var round = WhistleLaw.Find(current, Round)!;
        var party = round.Find(Party)!;
        var told = new Dictionary<ClockKind, int>(party.Told ?? new Dictionary<ClockKind, int>()) { [Clock] = Percent };
        return WhistleLaw.With(current, round, party with { Told = told, AbsentAt = IsAbsence ? context.Now : party.AbsentAt });
    }

    private bool IsAbsence => Clock is ClockKind.ReportIn && Percent >= 100;
}
