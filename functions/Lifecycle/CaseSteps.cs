using CityBrain.Burden;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Feedback;
using CityBrain.Items;
using CityBrain.Triage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace CityBrain.Lifecycle;

/// <summary>
/// The activities of <see cref="CaseLifecycle"/>. Each reads the case, lets the stage decide, writes at most one change, and returns what
/// comes next. A step that no longer fits the case changes nothing, so running one twice does no harm.
/// </summary>
public sealed class CaseSteps(CaseStore cases, TriageDesk triage, TaskPlacing placing, ReplyStatistics statistics, CityModel city, IOptions<FeedbackOptions> feedback, TimeProvider clock)
{
    /// <summary>The activity of a step; a wait that ends takes a new look.</summary>
    public static string NameOf(LifecycleStep step) => step switch
    {
        LifecycleStep.Triage => nameof(TriageCase),
        LifecycleStep.Redact => nameof(RedactCase),
        LifecycleStep.Dispatch => nameof(DispatchCase),
        LifecycleStep.Remind => nameof(RemindOfClock),
        LifecycleStep.Climb => nameof(ClimbLadder),
        LifecycleStep.ExpireRelease => nameof(EndRelease),
        LifecycleStep.LapseBypass => nameof(MissReview),
        LifecycleStep.Resume => nameof(ResumeCase),
        LifecycleStep.Split => nameof(SplitCase),
        LifecycleStep.CheckReply => nameof(CheckReply),
        LifecycleStep.LapseReplyReview => nameof(MissReplyReview),
        LifecycleStep.AskAgain => nameof(AskReporterAgain),
        LifecycleStep.Close => nameof(CloseCase),
        _ => nameof(LookAtCase),
    };

    /// <summary>Looks again, without a change.</summary>
    [Function(nameof(LookAtCase))]
    public Task<LifecyclePlan> LookAtCase([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken) =>
        StepAsync(caseId, _ => null, durable, cancellationToken);

    /// <summary>Finds out what it is, where it is, whose it is, and whether it is known already.</summary>
    [Function(nameof(TriageCase))]
    public async Task<LifecyclePlan> TriageCase([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var found = await cases.FindAsync(caseId, cancellationToken) is { State: CaseState.Filed, WaitsForWording: false } filed ? await triage.DecideAsync(filed, cancellationToken) : null;
        return await StepAsync(caseId, current => current.State is CaseState.Filed ? found : null, durable, cancellationToken);
    }

    /// <summary>Sends it to a department, to the release gate or to the arbiter; to a grid worker or a community only under their cap.</summary>
    [Function(nameof(DispatchCase))]
    public async Task<LifecyclePlan> DispatchCase([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        (DispatchTo Wanted, Case On)? capped = null;
        var plan = await StepAsync(
            caseId,
            current =>
            {
                var command = RouteFinder.Decide(current, city, clock.GetUtcNow());
                capped = command is DispatchTo to && city.IsWorker(to.Department) ? (to, current) : null;
                return capped is null ? command : null;
            },
            durable,
            cancellationToken);
        if (capped is not var (wanted, on))
        {
            return plan;
        }

        var placed = await placing.PlaceAsync(wanted, on, cancellationToken);
        return await StepAsync(caseId, current => RouteFinder.Decide(current, city, clock.GetUtcNow()) == wanted ? placed : null, durable, cancellationToken);
    }

    /// <summary>Tells of the rung that was reached; the notice goes out with the change.</summary>
    [Function(nameof(RemindOfClock))]
    public Task<LifecyclePlan> RemindOfClock([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken) =>
        StepAsync(
            caseId,
            current => LifecyclePlan.NextRung(current, city) is { } rung && rung.At <= clock.GetUtcNow() ? new Remind(rung.Clock, rung.Percent) : null,
            durable,
            cancellationToken);

    /// <summary>Tells the next level of a rung that nobody acknowledged in time.</summary>
    [Function(nameof(ClimbLadder))]
    public Task<LifecyclePlan> ClimbLadder([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken) =>
        StepAsync(
            caseId,
            current => Escalating.NextToClimb(current) is { } rung && rung.AnswerBy <= clock.GetUtcNow() ? new ClimbLadder(rung.Clock) : null,
            durable,
            cancellationToken);

    /// <summary>Takes the task back to the gate when its release has expired.</summary>
    [Function(nameof(EndRelease))]
    public Task<LifecyclePlan> EndRelease([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken) =>
        StepAsync(caseId, current => ReleaseGate.ExpiryOf(current) <= clock.GetUtcNow() ? new ExpireRelease() : null, durable, cancellationToken);

    /// <summary>Tells that nobody reviewed a task that passed the gate for the sake of life.</summary>
    [Function(nameof(MissReview))]
    public Task<LifecyclePlan> MissReview([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken) =>
        StepAsync(caseId, current => current.Dispatch?.Bypass is { IsOpen: true } bypass && bypass.DueAt <= clock.GetUtcNow() ? new LapseBypass() : null, durable, cancellationToken);

    /// <summary>Ends a pause that reached its cap.</summary>
    [Function(nameof(ResumeCase))]
    public Task<LifecyclePlan> ResumeCase([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken) =>
        StepAsync(caseId, current => current.Suspension?.Until <= clock.GetUtcNow() ? new Resume() : null, durable, cancellationToken);

    /// <summary>Gives a matter the items that the city lists for its category; their cases are filed with the change.</summary>
    [Function(nameof(SplitCase))]
    public Task<LifecyclePlan> SplitCase([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken) =>
        StepAsync(caseId, current => current is { State: CaseState.Accepted or CaseState.Handling, Items: null } ? new Split() : null, durable, cancellationToken);

    /// <summary>Puts the reply through the gate: it passes, goes back, or waits for a person; and carries out what that person decided.</summary>
    [Function(nameof(CheckReply))]
    public async Task<LifecyclePlan> CheckReply([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var words = await statistics.CurrentAsync(cancellationToken);
        return await StepAsync(caseId, current => ReplyGate.Decide(current, words, city, feedback.Value), durable, cancellationToken);
    }

    /// <summary>Tells that nobody reviewed the reply in time; it goes on waiting.</summary>
    [Function(nameof(MissReplyReview))]
    public Task<LifecyclePlan> MissReplyReview([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken) =>
        StepAsync(
            caseId,
            current => current is { State: CaseState.Replied, ReplyReview: { IsOpen: true, LapsedAt: null } review } && review.DueAt <= clock.GetUtcNow() ? new LapseReplyReview() : null,
            durable,
            cancellationToken);

    /// <summary>Asks a reporter who did not answer once more; the hotline is told with the change.</summary>
    [Function(nameof(AskReporterAgain))]
    public Task<LifecyclePlan> AskReporterAgain([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken) =>
        StepAsync(
            caseId,
            current => current.State is CaseState.Verified && CallbackPlan.NextAt(current, feedback.Value, city.Calendar) <= clock.GetUtcNow() ? new AskAgain() : null,
            durable,
            cancellationToken);

    /// <summary>Closes what no reporter answers: an item at once, by the device when it is back to normal, a warning's by a look on the spot or when it stays quiet, else as unanswered when the tries are over or the link has expired.</summary>
    [Function(nameof(CloseCase))]
    public Task<LifecyclePlan> CloseCase([ActivityTrigger] string caseId, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken) =>
        StepAsync(
            caseId,
            current => current.State is not CaseState.Verified ? null
                : current.ItemOf is not null ? new CompleteItem()
                : current.SensorClearedAt is not null ? new ConfirmUnasked("the device is back to normal")
                : ProactiveClosing.Verdict(current) is { } verdict ? verdict
                : current.Origin.Kind is OriginKind.Warning ? ProactiveClosing.QuietUntil(current, feedback.Value) <= clock.GetUtcNow() ? new ConfirmUnasked("no new sign came") : null
                : current.Feedback!.ExpiresAt <= clock.GetUtcNow() || CallbackPlan.AreOver(current, feedback.Value) ? new CloseUnanswered()
                : null,
            durable,
            cancellationToken);

    private async Task<LifecyclePlan> StepAsync(string caseId, Func<Case, CaseCommand?> decide, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var result = await cases.DecideAsync(caseId, decide, Actor.Lifecycle, durable, cancellationToken);
        var current = result.Case ?? throw new InvalidOperationException($"Case {caseId} is not in the store.");
        return LifecyclePlan.For(current, city, feedback.Value);
    }
}
