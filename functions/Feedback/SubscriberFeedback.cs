using CityBrain.Cases;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace CityBrain.Feedback;

/// <summary>
/// Everybody who asked for the same is asked with the master case, each by a link of their own; one who says "unsolved" has the master reopened, as its
/// own reporter would. The same person who urged is asked with the master alone.
/// </summary>
public sealed class SubscriberFeedback(CaseStore cases, CaseSubscribers subscribers, IOptions<FeedbackOptions> options) : IOutboxHandler
{
    /// <inheritdoc/>
    public Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken) => (entry.Step.Action, entry.After) switch
    {
        (CaseAction.PassReply or CaseAction.AskReporter, { State: CaseState.Verified, Subscribers: > 0 }) => AskAsync(entry.After.CaseId, durable, cancellationToken),
        (CaseAction.AnswerAsSubscriber, _) => CarryAsync(entry, durable, cancellationToken),
        _ => Task.CompletedTask,
    };

    private async Task AskAsync(string master, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        // The master as it is now decides: a late delivery asks nobody about a round that is over.
        if (await cases.FindAsync(master, cancellationToken) is not { State: CaseState.Verified, Feedback: { } round } current)
        {
            return;
        }

        foreach (var subscriber in await subscribers.OfAsync(master, cancellationToken))
        {
            await cases.DecideAsync(subscriber, other => AskOf(other, current, round), Actor.Lifecycle, durable, cancellationToken);
        }
    }

    /// <summary>Asks a subscriber as often as the master's own reporter, unless there is an answer or the tries are of no use.</summary>
    private AskSubscriber? AskOf(Case other, Case master, FeedbackRound round)
    {
        var with = new MasterRound(master.Id, round.Number);
        var isOthers = other is { State: CaseState.Merged, MergedAs: MergeKind.SameMatter } && (other.Origin.ReporterKey is null || other.Origin.ReporterKey != master.Origin.ReporterKey);
        var isDone = other.Feedback is { } asked && asked.With == with
            && (other.Answer is not null || asked.Tries.Count >= round.Tries.Count || CallbackPlan.AreOver(other, options.Value));
        return isOthers && !isDone ? new AskSubscriber(with, round.ExpiresAt) : null;
    }

    private async Task CarryAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (await cases.FindAsync(entry.After.CaseId, cancellationToken) is { Answer: { Solved: false } said, Feedback.With: { } with })
        {
            await cases.DecideAsync(
                with.CaseId,
                master => IsInTime(master, with, said.At) ? new AnswerFeedback(said.Contacted, Solved: false, said.Satisfied, said.Comment) : null,
                Actor.Reporter,
                durable,
                cancellationToken);
        }
    }

    private bool IsInTime(Case master, MasterRound with, DateTimeOffset said) =>
        master.Feedback?.Number == with.Number
        && (master.State is CaseState.Verified || (master.State is CaseState.Closed && said < FeedbackWindow.ReopenableUntil(master, options.Value)));
}
