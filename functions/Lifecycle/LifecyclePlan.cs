using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Feedback;

namespace CityBrain.Lifecycle;

/// <summary>What the city does next with a case: at once, or when a clock runs out before anything changes.</summary>
/// <param name="Version">Version of the case on which the plan rests; news of an older version changes nothing.</param>
/// <param name="Now">The step to take at once, or <see cref="LifecycleStep.Wait"/>.</param>
/// <param name="WakeAt">When to stop waiting; null: only a change ends it.</param>
/// <param name="Then">The step to take at that instant.</param>
public sealed record LifecyclePlan(int Version, LifecycleStep Now, DateTimeOffset? WakeAt = null, LifecycleStep Then = LifecycleStep.Wait)
{
    /// <summary>The plan for a case as it stands. Pure.</summary>
    public static LifecyclePlan For(Case current, CityModel city, FeedbackOptions feedback)
    {
        var plan = ByState(current, city, feedback);
        plan = current.Dispatch?.Bypass is { IsOpen: true } bypass ? plan.OrAt(bypass.DueAt, LifecycleStep.LapseBypass) : plan;
        return current is { Redaction: { } due, State: not (CaseState.Merged or CaseState.Withdrawn) } ? plan.OrAt(due.RetryAt, LifecycleStep.Redact) : plan;
    }

    /// <summary>What goes on beside the state of the case, also when its procedure would be over: it is done if it comes first.</summary>
    private LifecyclePlan OrAt(DateTimeOffset at, LifecycleStep then) =>
        Now is LifecycleStep.Finish || (Now is LifecycleStep.Wait && !(WakeAt <= at)) ? this with { Now = LifecycleStep.Wait, WakeAt = at, Then = then } : this;

    private static LifecyclePlan ByState(Case current, CityModel city, FeedbackOptions feedback)
    {
        LifecyclePlan Do(LifecycleStep step) => new(current.Version, step);
        LifecyclePlan WaitUntil(DateTimeOffset? at, LifecycleStep then) => new(current.Version, LifecycleStep.Wait, at, then);

        LifecyclePlan Soonest(params (DateTimeOffset? At, LifecycleStep Then)[] alarms) =>
            alarms.Where(alarm => alarm.At is not null).OrderBy(alarm => alarm.At).FirstOrDefault() is ({ } at, var then) ? WaitUntil(at, then) : WaitUntil(null, LifecycleStep.Wait);

        return current.State switch
        {
            CaseState.Filed when current.WaitsForWording => WaitUntil(current.Redaction!.RetryAt, LifecycleStep.Redact),
            CaseState.Filed => Do(LifecycleStep.Triage),
            CaseState.Triaged or CaseState.Returned or CaseState.Reopened => Do(LifecycleStep.Dispatch),
            CaseState.Dispatched or CaseState.Accepted or CaseState.Handling or CaseState.Suspended when current.Dispatch?.Reroute is not null => Do(LifecycleStep.Dispatch),
            CaseState.Accepted or CaseState.Handling when current is { Items: null, ItemOf: null } && city.ThingOf(current.Triage?.CategoryCode) is not null => Do(LifecycleStep.Split),
            CaseState.Dispatched or CaseState.Accepted or CaseState.Handling => Soonest(
                (NextRung(current, city)?.At, LifecycleStep.Remind),
                (ReleaseGate.ExpiryOf(current), LifecycleStep.ExpireRelease),
                (Escalating.NextToClimb(current)?.AnswerBy, LifecycleStep.Climb)),
            CaseState.Suspended => WaitUntil(current.Suspension!.Until, LifecycleStep.Resume),
            CaseState.Replied when current.ReplyReview is { IsOpen: true } review => review.LapsedAt is null ? WaitUntil(review.DueAt, LifecycleStep.LapseReplyReview) : WaitUntil(null, LifecycleStep.Wait),
            CaseState.Replied => Do(LifecycleStep.CheckReply),
            CaseState.Verified when current.SensorClearedAt is not null || current.ItemOf is not null => Do(LifecycleStep.Close),
            CaseState.Verified when ProactiveClosing.Verdict(current) is not null => Do(LifecycleStep.Close),
            CaseState.Verified when current.Origin.Kind is OriginKind.Warning => WaitUntil(ProactiveClosing.QuietUntil(current, feedback), LifecycleStep.Close),
            CaseState.Verified when CallbackPlan.AreOver(current, feedback) => Do(LifecycleStep.Close),
            CaseState.Verified => Soonest((current.Feedback!.ExpiresAt, LifecycleStep.Close), (CallbackPlan.NextAt(current, feedback, city.Calendar), LifecycleStep.AskAgain)),
            CaseState.Closed when current.Origin.Kind is OriginKind.Appeal => WaitUntil(FeedbackWindow.ReopenableUntil(current, feedback), LifecycleStep.Finish),
            CaseState.Closed or CaseState.Merged or CaseState.Referred or CaseState.Withdrawn => Do(LifecycleStep.Finish),
            _ => WaitUntil(null, LifecycleStep.Wait),
        };
    }

    /// <summary>The rung that the case reaches next.</summary>
    public static Rung? NextRung(Case current, CityModel city) => current.Assignment is { } assignment
        ? SlaClock.NextRung(SlaClock.Running(current), assignment.Clocks, Assigning.LimitsOf(current, city), city.Calendar)
        : null;
}

/// <summary>A step of the city's procedure.</summary>
public enum LifecycleStep
{
    /// <summary>Nothing until the case changes.</summary>
    Wait,

    /// <summary>First look.</summary>
    Triage,

    /// <summary>Redact a wording that is withheld.</summary>
    Redact,

    /// <summary>Send to a department.</summary>
    Dispatch,

    /// <summary>Tell of a clock's rung.</summary>
    Remind,

    /// <summary>Tell the next level of a rung that nobody acknowledged.</summary>
    Climb,

    /// <summary>Take the task back to the gate: its release has expired.</summary>
    ExpireRelease,

    /// <summary>Tell that nobody reviewed a bypass of the gate.</summary>
    LapseBypass,

    /// <summary>End a pause at its cap.</summary>
    Resume,

    /// <summary>Give the matter the items that the city lists for it.</summary>
    Split,

    /// <summary>Put the reply through the gate.</summary>
    CheckReply,

    /// <summary>Tell that nobody reviewed the reply in time.</summary>
    LapseReplyReview,

    /// <summary>Try again to reach the reporter.</summary>
    AskAgain,

    /// <summary>End the case without the reporter's answer; or open it again, when what a warning found comes back.</summary>
    Close,

    /// <summary>The procedure is over.</summary>
    Finish,
}
