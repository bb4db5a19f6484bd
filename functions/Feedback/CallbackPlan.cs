using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Feedback;

/// <summary>When a reporter who does not answer is tried again, and when that is of no more use. Pure.</summary>
public static class CallbackPlan
{
    /// <summary>When to try next, in working hours; null when there is no further try.</summary>
    public static DateTimeOffset? NextAt(Case verified, FeedbackOptions options, WorkingCalendar calendar) =>
        verified is { Origin.Kind: OriginKind.Appeal, Feedback.Tries: [.., var last] tries } && tries.Count < options.CallTries && !EndsTries(last)
            ? calendar.NextWorkingTime(last.At.AddHours(options.HoursBetweenTries))
            : null;

    /// <summary>True when the hotline has reported all tries, or that no further one is of use.</summary>
    public static bool AreOver(Case verified, FeedbackOptions options) =>
        verified.Feedback?.Tries is [.., { Result: not null } last] tries && (tries.Count >= options.CallTries || EndsTries(last));

    /// <summary>Why there is nothing to call for in a round; null when there is.</summary>
    public static CommandConflict? ConflictOf(Case current, int round) => current switch
    {
        { Feedback: { Tries.Count: > 0 } feedback, Answer: null } when feedback.Number == round => null,
        _ => new CommandConflict("CALL_OVER", "This round of asking the reporter is over; there is nothing to call for."),
    };

    private static bool EndsTries(ReporterTry attempt) => attempt.Result is CallResult.WrongNumber or CallResult.Refused;
}
