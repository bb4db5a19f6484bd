using CityBrain.Cases;
using CityBrain.Language;

namespace CityBrain.Dispatch;

/// <summary>A step of one party of the last whistle: by its own staff, or, naming the party, by somebody who acts for no department.</summary>
public abstract record PartyStep(string? Party) : CaseCommand
{
    /// <inheritdoc/>
    public override string SummaryOf(Case before, Case after) => $"round {after.Whistles![^1].Number}, {ChangedIn(before, after)}{Words}";

    /// <inheritdoc/>
    public override CommandConflict? Conflict(Case current, ChangeContext context)
    {
        if (current.Whistles is not { Count: > 0 } rounds)
        {
            return new("NO_WHISTLE", "No whistle was blown for the case.", [CaseAction.Whistle]);
        }

        if (Named(rounds[^1], context.Actor) is not { } party || MayAct(rounds[^1], party, context.Actor) is not null)
        {
            return null;
        }

        var legal = WhistleLaw.StepsFrom(party.State);
        return WhistleLaw.Next(party.State, Action) is null ? new("ILLEGAL_WHISTLE_STEP", $"'{party.Id}' is {party.State}; that step is not legal there.", legal)
            : rounds[^1].ClosedAt is not null && Action is not CaseAction.RateWhistle ? new("WHISTLE_CLOSED", "The whistle is closed; its parties can only be scored.", [CaseAction.RateWhistle])
            : null;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        var round = current.Whistles![^1];
        return Named(round, context.Actor) is not { } party ? ["party must be one of: " + string.Join(", ", round.Parties.Select(other => other.Id)) + "."]
            : MayAct(round, party, context.Actor) is { } problem ? [problem]
            : Faults(party);
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var round = current.Whistles![^1];
        var party = Named(round, context.Actor)!;
        return WhistleLaw.With(current, round, Stepped(party, context) with { State = WhistleLaw.Next(party.State, Action)!.Value });
    }

    /// <inheritdoc/>
    public override WhistleNews WhistleOf(Case changed) => new(changed.Whistles![^1].Number, [.. changed.Whistles[^1].Parties.Select(party => party.Id)]);

    /// <summary>What is wrong with the arguments.</summary>
    protected virtual IEnumerable<string> Faults(WhistleParty party) => [];

    /// <summary>The party with all but its state changed.</summary>
    protected abstract WhistleParty Stepped(WhistleParty party, ChangeContext context);

    /// <summary>What the history says besides the party.</summary>
    protected virtual string Words => "";

    /// <summary>Why somebody may not act for the party; null when he may.</summary>
    protected virtual string? MayAct(WhistleRound round, WhistleParty party, Actor actor) =>
        actor.Department is null || actor.Department == party.Id ? null : $"Only the staff of '{party.Id}' may say so.";

    /// <summary>The party that is meant: the one that is named, else that of the actor, else the only one.</summary>
    protected virtual WhistleParty? Named(WhistleRound round, Actor actor) =>
        (Party ?? actor.Department) is { } id ? round.Find(id) : round.Parties.Count == 1 ? round.Parties[0] : null;

    private static string ChangedIn(Case before, Case after) =>
        after.Whistles![^1].Parties.Where((party, i) => before.Whistles![^1].Parties[i] != party).Select(party => party.Id).FirstOrDefault() ?? "";
}

/// <summary>The party signs for the whistle. 签收</summary>
public sealed record SignWhistle(string? Party = null) : PartyStep(Party)
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.SignWhistle;

    /// <inheritdoc/>
    protected override WhistleParty Stepped(WhistleParty party, ChangeContext context) => party with { SignedAt = context.Now };
}

/// <summary>The party has spoken with the lead. 联系</summary>
public sealed record ContactWhistle(string? Party = null) : PartyStep(Party)
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.ContactWhistle;

    /// <inheritdoc/>
    protected override WhistleParty Stepped(WhistleParty party, ChangeContext context) => party with { ContactedAt = context.Now };
}

/// <summary>The party is on the spot. 报到</summary>
public sealed record ArriveWhistle(string? Party = null) : PartyStep(Party)
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.ArriveWhistle;

    /// <inheritdoc/>
    protected override WhistleParty Stepped(WhistleParty party, ChangeContext context) =>
        party with { ArrivedAt = context.Now, ContactedAt = party.ContactedAt ?? context.Now };
}

/// <summary>The party says what it did, and, if it likes, whether the call was needed and clear, 1 to 5; the quorum closes the whistle.</summary>
public sealed record Contribute(string Text, string? Party = null, int? Need = null) : PartyStep(Party)
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Contribute;

    /// <inheritdoc/>
    protected override string Words => $"{(Need is { } need ? $": need {need}" : "")}: {Text}";

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var changed = base.Apply(current, context);
        var round = changed.Whistles![^1];
        return round.Parties.Count(party => party.ContributedAt is not null) >= round.Quorum
            ? WhistleLaw.With(changed, round with { ClosedAt = context.Now, ClosedBy = "quorum" })
            : changed;
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Faults(WhistleParty party) =>
        (string.IsNullOrWhiteSpace(Text) ? ["Say in text what was done."] : TooLong(("text", Text))).Concat(Need is < 1 or > 5 ? ["need must be 1 to 5."] : []);

    /// <inheritdoc/>
    protected override WhistleParty Stepped(WhistleParty party, ChangeContext context) => party with { ContributedAt = context.Now, Contribution = Redactor.Redact(Text), NeedScore = Need };
}

/// <summary>The one who blew scores how a party came and what its coming was worth, each 1 to 5.</summary>
public sealed record RateWhistle(string? Party, int Arrival, int Effect) : PartyStep(Party)
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.RateWhistle;

    /// <inheritdoc/>
    protected override string Words => $": arrival {Arrival}, effect {Effect}";

    /// <inheritdoc/>
    protected override IEnumerable<string> Faults(WhistleParty party)
    {
        if (Arrival is < 1 or > 5 || Effect is < 1 or > 5)
        {
            yield return "arrival and effect must each be 1 to 5.";
        }
    }

    /// <inheritdoc/>
    protected override WhistleParty Stepped(WhistleParty party, ChangeContext context) => party with { ArrivalScore = Arrival, EffectScore = Effect };

    /// <inheritdoc/>
    protected override string? MayAct(WhistleRound round, WhistleParty party, Actor actor) =>
        actor.Department is null || actor.Department == round.Lead ? null : $"Only '{round.Lead}', which blew the whistle, may score.";

    /// <inheritdoc/>
    protected override WhistleParty? Named(WhistleRound round, Actor actor) => Party is { } id ? round.Find(id) : round.Parties.Count == 1 ? round.Parties[0] : null;
}
