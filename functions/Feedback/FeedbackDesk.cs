using CityBrain.Cases;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace CityBrain.Feedback;

/// <summary>Takes reporters' answers. What a link is good for is decided by <see cref="FeedbackWindow"/>; the case decides whether an answer is legal.</summary>
public sealed class FeedbackDesk(FeedbackTokens tokens, CaseStore cases, IOptions<FeedbackOptions> options, TimeProvider clock)
{
    private const int Attempts = 3;

    /// <summary>The case of a link and what the link is good for; null when the link was not made here.</summary>
    public async Task<(Case Case, FeedbackStanding Standing)?> FindAsync(string token, CancellationToken cancellationToken) =>
        tokens.Read(token) is { } link && await cases.FindAsync(link.CaseId, cancellationToken) is { } found
            ? (await WithReplyAsync(found, cancellationToken), FeedbackWindow.Of(found, link.Round, clock.GetUtcNow(), options.Value))
            : null;

    /// <summary>What a hotline's call came to, where the reporter did not answer; null when the link was not made here.</summary>
    /// <param name="token">The link of the round.</param>
    /// <param name="result">Why there is no answer.</param>
    /// <param name="attempt">Which try it was, so that reporting twice is reporting once.</param>
    /// <param name="hotline">Who called.</param>
    /// <param name="durable">Durable client for the outbox.</param>
    /// <param name="cancellationToken">Gives up before the write, never after.</param>
    public async Task<ChangeResult?> ReportCallAsync(string token, CallResult result, int attempt, Actor hotline, DurableTaskClient durable, CancellationToken cancellationToken) =>
        tokens.Read(token) is { } link
            ? await cases.ChangeAsync(link.CaseId, new ReportCall(link.Round, result), hotline, durable, commandKey: $"call/{link.Round}/{attempt}", cancellationToken: cancellationToken)
            : null;

    /// <summary>Gives the answer of a link to its case.</summary>
    public async Task<FeedbackOutcome> AnswerAsync(string token, AnswerFeedback answer, Actor by, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await FindAsync(token, cancellationToken) is not var (current, standing))
            {
                return new(null, FeedbackVerdict.Unknown);
            }

            if (Refusal(standing, answer) is { } refusal)
            {
                return new(current, refusal);
            }

            // The version ties the answer to the round that was looked at: a case that moved on meanwhile is looked at again.
            CaseCommand command = current.State is CaseState.Merged ? new AnswerAsSubscriber(answer) : answer;
            var result = await cases.ChangeAsync(current.Id, command, by, durable, current.Version, cancellationToken: cancellationToken);
            switch (result)
            {
                case ChangeResult.Changed changed:
                    return new(changed.After, FeedbackVerdict.Taken);
                case ChangeResult.Refused refused:
                    return new(refused.Current, FeedbackVerdict.Invalid, refused.Problems);
                case ChangeResult.Stale when attempt < Attempts:
                    continue;
                default:
                    return new(result.Case, FeedbackVerdict.Answered);
            }
        }
    }

    /// <summary>The reporter of a merged case is asked about the master's reply.</summary>
    private async Task<Case> WithReplyAsync(Case found, CancellationToken cancellationToken) =>
        found is { State: CaseState.Merged, Feedback.With: { } with } && await cases.FindAsync(with.CaseId, cancellationToken) is { } master
            ? found with { Reply = master.Reply, Assignment = master.Assignment }
            : found;

    private static FeedbackVerdict? Refusal(FeedbackStanding standing, AnswerFeedback answer) => standing switch
    {
        FeedbackStanding.Open => null,
        FeedbackStanding.Reopenable when !answer.Solved => null,
        FeedbackStanding.Expired => FeedbackVerdict.Expired,
        _ => FeedbackVerdict.Answered,
    };
}

/// <summary>What came of an answer.</summary>
/// <param name="Case">The case as it stands now; null when the link is unknown.</param>
/// <param name="Verdict">Taken, or why not.</param>
/// <param name="Problems">What is wrong with the answer.</param>
public sealed record FeedbackOutcome(Case? Case, FeedbackVerdict Verdict, IReadOnlyList<string>? Problems = null);

/// <summary>Whether an answer was taken.</summary>
public enum FeedbackVerdict
{
    /// <summary>The case has it.</summary>
    Taken,

    /// <summary>The link was not made here.</summary>
    Unknown,

    /// <summary>The round has its answer already.</summary>
    Answered,

    /// <summary>Too late.</summary>
    Expired,

    /// <summary>The answer itself is not as it should be.</summary>
    Invalid,
}
