using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Dispatch;

/// <summary>Tells the duty role of a rung that a clock has reached, and starts the time in which the role has to acknowledge it.</summary>
public sealed record Remind(ClockKind Clock, int Percent) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Remind;

    /// <inheritdoc/>
    public override string Summary => $"{Clock} {Percent}%: {SlaClock.ToldAt(Percent)}";

    /// <inheritdoc/>
    public override ClockRung RungOf(Case changed) => Escalating.RungOf(Clock, changed);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        current.Assignment?.Clocks.Rungs.GetValueOrDefault(Clock) >= Percent ? ["Already told of this rung."] : [];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var assignment = current.Assignment!;
        var rungs = new Dictionary<ClockKind, int>(assignment.Clocks.Rungs) { [Clock] = Percent };
        var reminded = current with { Assignment = assignment with { Clocks = assignment.Clocks with { Rungs = rungs } } };
        var before = Escalating.Of(current, Clock);
        var role = before is { AcknowledgedBy: null } && before.Role > SlaClock.ToldAt(Percent) ? before.Role : SlaClock.ToldAt(Percent);
        return Escalating.With(reminded, Escalating.Tell(current, Clock, Percent, role, context));
    }
}

/// <summary>Nobody acknowledged a rung in time: the next level of the city is told.</summary>
public sealed record ClimbLadder(ClockKind Clock) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Climb;

    /// <inheritdoc/>
    public override string SummaryOf(Case before, Case after) =>
        Escalating.Of(after, Clock) is { } climbed ? $"{Clock} {climbed.Percent}%: not acknowledged by {climbed.Role - 1}; {climbed.Role}" : Clock.ToString();

    /// <inheritdoc/>
    public override ClockRung RungOf(Case changed) => Escalating.RungOf(Clock, changed);

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context) =>
        Escalating.Of(current, Clock) is { AcknowledgedBy: null, Role: < DutyRole.City } waiting && waiting.AnswerBy <= context.Now ? [] : ["No rung of this clock waits for an acknowledgement beyond its time."];

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context)
    {
        var waiting = Escalating.Of(current, Clock)!;
        return Escalating.With(current, Escalating.Tell(current, Clock, waiting.Percent, waiting.Role + 1, context));
    }
}

/// <summary>A duty role has seen a rung and looks after it; without a clock, all rungs that it may acknowledge. The case keeps its owner.</summary>
public sealed record Acknowledge(ClockKind? Clock = null) : CaseCommand
{
    /// <inheritdoc/>
    public override CaseAction Action => CaseAction.Acknowledge;

    /// <inheritdoc/>
    public override string SummaryOf(Case before, Case after) =>
        string.Join(", ", DispatchFacts.Of(after).Escalations.Where(rung => !DispatchFacts.Of(before).Escalations.Contains(rung)).Select(rung => $"{rung.Clock} {rung.Percent}% by {rung.Role}"));

    /// <inheritdoc/>
    public override IEnumerable<string> Problems(Case current, ChangeContext context)
    {
        var waiting = Waiting(current).ToList();
        if (waiting.Count == 0)
        {
            yield return Clock is { } clock ? $"No rung of the {clock} clock waits for an acknowledgement." : "No rung waits for an acknowledgement.";
        }
        else if (!waiting.Exists(rung => Escalating.MayAnswer(context.Actor, rung.Role, context.City.Areas)))
        {
            yield return $"The rung is for the {waiting.Max(rung => rung.Role)} to acknowledge.";
        }
    }

    /// <inheritdoc/>
    public override Case Apply(Case current, ChangeContext context) =>
        Waiting(current).Where(rung => Escalating.MayAnswer(context.Actor, rung.Role, context.City.Areas))
            .Aggregate(current, (changed, rung) => Escalating.With(changed, rung with { AcknowledgedBy = context.Actor.Name, AcknowledgedAt = context.Now }));

    private IEnumerable<Escalation> Waiting(Case current) =>
        DispatchFacts.Of(current).Escalations.Where(rung => rung.AcknowledgedBy is null && (Clock is null || rung.Clock == Clock));
}

/// <summary>The rungs that wait for a duty role.</summary>
public static class Escalating
{
    /// <summary>The level of the city at which a role serves.</summary>
    public static AreaLevel LevelOf(DutyRole role) => role switch
    {
        DutyRole.Owner => AreaLevel.Grid,
        DutyRole.Community => AreaLevel.Community,
        DutyRole.Street => AreaLevel.Street,
        DutyRole.District => AreaLevel.District,
        _ => AreaLevel.City,
    };

    /// <summary>The rung that climbs next, if nobody acknowledges it; null when none waits on a clock that runs.</summary>
    public static Escalation? NextToClimb(Case current)
    {
        var running = SlaClock.Running(current).ToList();
        return DispatchFacts.Of(current).Escalations
            .Where(rung => rung is { AcknowledgedBy: null, Role: < DutyRole.City } && running.Contains(rung.Clock))
            .MinBy(rung => rung.AnswerBy);
    }

    /// <summary>
    /// True when somebody may acknowledge for a role: a duty officer for each; who acts for an area, for roles of its level and below; who acts for a
    /// department, for the owner alone, as nobody supervises himself.
    /// </summary>
    public static bool MayAnswer(Actor actor, DutyRole role, AreaMap areas) => actor switch
    {
        { IsDuty: true } => true,
        { Department: not null } => role is DutyRole.Owner,
        { AreaId: { } id } => areas.Find(id) is { } area && area.Level <= LevelOf(role),
        _ => true,
    };

    internal static Escalation? Of(Case current, ClockKind clock) => DispatchFacts.Of(current).Escalations.FirstOrDefault(rung => rung.Clock == clock);

    internal static Escalation Tell(Case current, ClockKind clock, int percent, DutyRole role, ChangeContext context)
    {
        var limit = context.City.Dispatch.Acknowledge;
        var urgent = current.Triage!.Urgency is not Urgency.Routine;
        var answerBy = context.City.Calendar.Add(context.Now, urgent ? WorkDuration.RoundTheClock(context.City.Calendar.Length(limit)) : limit);
        return new Escalation(clock, percent, role, context.Now, answerBy);
    }

    internal static Case With(Case current, Escalation rung)
    {
        var facts = DispatchFacts.Of(current);
        return current with { Dispatch = facts with { Escalations = [.. facts.Escalations.Where(other => other.Clock != rung.Clock), rung] } };
    }

    internal static ClockRung RungOf(ClockKind clock, Case changed) =>
        Of(changed, clock) is { } rung ? new(clock, rung.Percent, changed.Assignment!.Clocks.Due(clock)) { Role = rung.Role } : new(clock, 0, changed.Assignment!.Clocks.Due(clock));
}
