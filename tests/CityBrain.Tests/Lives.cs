using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Feedback;
using CityBrain.Triage;

namespace CityBrain.Tests;

/// <summary>Short lives: the commands that bring a case from filed to a state, and the case that they make.</summary>
internal static class Lives
{
    public static readonly TriageResult Rubbish = new("rubbish", 1, "g-west-1", Urgency.Routine, "sanitation", [], "test", "words");

    /// <summary>What a gate finds that is in doubt.</summary>
    public static readonly ReplyFinding Doubt = new(ReplyOutcome.Review, 0.4, [ReplyFault.NoTime], [], [], [], 1, 0, []);

    public static CaseCommand[] To(CaseState state) => state switch
    {
        CaseState.Filed => [],
        CaseState.TriageReview => [new AskReview(Rubbish, "unsure")],
        CaseState.Triaged => [new CompleteTriage(Rubbish)],
        CaseState.ReleaseReview => [.. To(CaseState.Triaged), new AskRelease("street-office-s-west")],
        CaseState.Dispatched => [.. To(CaseState.Triaged), new DispatchTo("sanitation")],
        CaseState.Returned => [.. To(CaseState.Dispatched), new Return("not-our-duty", "rule 4", "parks")],
        CaseState.Arbitration => [.. To(CaseState.Returned), new DispatchTo("parks"), new Return("not-our-duty", "rule 5", "waterworks"), new EscalateReturn()],
        CaseState.Accepted => [.. To(CaseState.Dispatched), new Accept()],
        CaseState.Handling => [.. To(CaseState.Accepted), new Arrive()],
        CaseState.Suspended => [.. To(CaseState.Handling), new Suspend("weather", "notice 3", SmallTown.Morning.AddDays(3))],
        CaseState.Replied => [.. To(CaseState.Handling), new Reply("The rubbish in the street was taken away this morning.")],
        CaseState.Verified => [.. To(CaseState.Replied), new PassReply(TimeSpan.FromDays(14))],
        CaseState.Closed => [.. To(CaseState.Verified), new AnswerFeedback(true, true, true, null)],
        CaseState.Reopened => [.. To(CaseState.Verified), new AnswerFeedback(true, false, false, "still there")],
        CaseState.Merged => [new Merge(CaseKeys.CaseId("web", "master"))],
        CaseState.Referred => [new Refer("120", "an accident")],
        CaseState.Withdrawn => [new Withdraw("solved itself")],
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>A case in a state, everything done at one moment.</summary>
    public static Case In(CaseState state, Case? filed = null) =>
        To(state).Aggregate(filed ?? SmallTown.Draft(), (current, command) => current.After(command));

    /// <summary>The case after a command that must succeed.</summary>
    public static Case After(this Case current, CaseCommand command, DateTimeOffset? now = null, Actor? by = null) =>
        Assert.IsType<ChangeResult.Changed>(current.Given(command, now, by)).After;

    /// <summary>What comes of a command.</summary>
    public static ChangeResult Given(this Case current, CaseCommand command, DateTimeOffset? now = null, Actor? by = null) =>
        CaseChange.Decide(current, command, by is null ? SmallTown.At(now ?? SmallTown.Morning) : new ChangeContext(now ?? SmallTown.Morning, by, SmallTown.City));

    /// <summary>Why a command is refused.</summary>
    public static string RefusalOf(this Case current, CaseCommand command, DateTimeOffset? now = null, Actor? by = null) =>
        string.Join("\n", Assert.IsType<ChangeResult.Refused>(current.Given(command, now, by)).Problems);
}
