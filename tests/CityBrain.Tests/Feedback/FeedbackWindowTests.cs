using CityBrain.Cases;
using CityBrain.Feedback;

namespace CityBrain.Tests.Feedback;

public sealed class FeedbackWindowTests
{
    private static readonly DateTimeOffset Asked = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly FeedbackOptions Options = new() { AnswerDays = 14, ReopenDays = 7 };
    private static readonly ReporterAnswer Solved = new(true, true, true, "", Asked.AddDays(1));

    [Theory]
    [InlineData(13, FeedbackStanding.Open)]
    [InlineData(14, FeedbackStanding.Expired)]
    public void Of_Verified_IsOpenUntilTheLinkExpires(int days, FeedbackStanding expected) => Assert.Equal(expected, Of(Case(CaseState.Verified), days));

    [Theory]
    [InlineData(1, 1, FeedbackStanding.Reopenable)]
    [InlineData(1, 7, FeedbackStanding.Reopenable)]
    [InlineData(1, 8, FeedbackStanding.Answered)]
    [InlineData(10, 13, FeedbackStanding.Reopenable)]
    [InlineData(10, 14, FeedbackStanding.Answered)]
    public void Of_ClosedAsSolved_IsReopenableWithinTheWindowAndTheLinksLife(int closedAfter, int days, FeedbackStanding expected) =>
        Assert.Equal(expected, Of(Case(CaseState.Closed) with { Answer = Solved, EndedAt = Asked.AddDays(closedAfter) }, days));

    [Fact]
    public void Of_ClosedUnanswered_IsExpired() => Assert.Equal(FeedbackStanding.Expired, Of(Case(CaseState.Closed) with { EndedAt = Asked.AddDays(14) }, 14));

    [Theory]
    [InlineData(CaseState.Reopened)]
    [InlineData(CaseState.Dispatched)]
    [InlineData(CaseState.Handling)]
    public void Of_ReopenedByTheReporter_IsAnswered(CaseState state) =>
        Assert.Equal(FeedbackStanding.Answered, Of(Case(state) with { Answer = Solved with { Solved = false } }, 2));

    [Theory]
    [InlineData(CaseState.Merged)]
    [InlineData(CaseState.Withdrawn)]
    public void Of_CaseThatWentAnotherWay_IsExpired(CaseState state) => Assert.Equal(FeedbackStanding.Expired, Of(Case(state), 2));

    [Fact]
    public void Of_LinkOfAnEarlierRound_IsAnswered() =>
        Assert.Equal(FeedbackStanding.Answered, Of(Case(CaseState.Verified) with { Feedback = new FeedbackRound(2, Asked, Asked.AddDays(14)) }, 1));

    [Fact]
    public void Of_CaseThatWasNeverAsked_IsExpired() => Assert.Equal(FeedbackStanding.Expired, Of(Case(CaseState.Handling) with { Feedback = null }, 1));

    private static FeedbackStanding Of(Case current, int days) => FeedbackWindow.Of(current, 1, Asked.AddDays(days), Options);

    private static Case Case(CaseState state) => new()
    {
        Id = "0123456789abcdefghjk",
        Origin = new CaseOrigin(OriginKind.Appeal, "hotline", "1"),
        Text = "text",
        State = state,
        Feedback = new FeedbackRound(1, Asked, Asked.AddDays(14)),
    };
}
