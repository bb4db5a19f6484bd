using CityBrain.Cases;

namespace CityBrain.Feedback;

/// <summary>What a reporter's link is good for at a given moment. Pure.</summary>
public static class FeedbackWindow
{
    /// <summary>The standing of the link of a feedback round.</summary>
    public static FeedbackStanding Of(Case current, int round, DateTimeOffset now, FeedbackOptions options) => current switch
    {
        { Feedback: null } => FeedbackStanding.Expired,
        { Feedback.Number: var number } when number != round => FeedbackStanding.Answered,
        { State: CaseState.Verified } => now < current.Feedback.ExpiresAt ? FeedbackStanding.Open : FeedbackStanding.Expired,
        { State: CaseState.Merged, Feedback.With: not null, Answer: null } => now < current.Feedback.ExpiresAt ? FeedbackStanding.Open : FeedbackStanding.Expired,
        { State: CaseState.Closed, Answer.Solved: true } => now < ReopenableUntil(current, options) ? FeedbackStanding.Reopenable : FeedbackStanding.Answered,
        { State: CaseState.Closed, Answer: null } => now < ReopenableUntil(current, options) ? FeedbackStanding.Reopenable : FeedbackStanding.Expired,
        { Answer: not null } => FeedbackStanding.Answered,
        _ => FeedbackStanding.Expired,
    };

    /// <summary>Until when the reporter of a closed case may still say "unsolved".</summary>
    public static DateTimeOffset ReopenableUntil(Case closed, FeedbackOptions feedback)
    {
        var window = closed.EndedAt!.Value + TimeSpan.FromDays(feedback.ReopenDays);
        return closed.Feedback is { } round && round.ExpiresAt < window ? round.ExpiresAt : window;
    }
}

/// <summary>What a reporter's link is good for.</summary>
public enum FeedbackStanding
{
    /// <summary>The three questions may be answered.</summary>
    Open,

    /// <summary>Answered "solved", and still in time to say that it is not.</summary>
    Reopenable,

    /// <summary>The round has its answer.</summary>
    Answered,

    /// <summary>Too late, or the case went another way.</summary>
    Expired,
}
