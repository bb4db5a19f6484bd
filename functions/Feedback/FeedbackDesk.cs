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
            ? (found, FeedbackWindow.Of(found, link.Round, clock.GetUtcNow(), options.Value))
            : null;

    /// <summary>Gives the answer of a link to its case.</summary>
    public async Task<FeedbackOutcome> AnswerAsync(string token, AnswerFeedback answer, DurableTaskClient durable, CancellationToken cancellationToken)
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
            var result = await cases.ChangeAsync(current.Id, answer, Actor.Reporter, durable, current.Version, cancellationToken: cancellationToken);
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
