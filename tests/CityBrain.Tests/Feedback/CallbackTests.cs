using CityBrain.Cases;
using CityBrain.Feedback;

namespace CityBrain.Tests.Feedback;

public sealed class CallbackTests
{
    private static readonly FeedbackOptions Options = new() { CallTries = 3, HoursBetweenTries = 48 };

    private static readonly Case Verified = Lives.In(CaseState.Verified);

    private static DateTimeOffset Asked => Verified.Feedback!.AskedAt;

    [Fact]
    public void NextAt_AfterTheFirstTry_IsTwoDaysLaterInWorkingHours()
    {
        var next = CallbackPlan.NextAt(Verified, Options, SmallTown.City.Calendar)!.Value;
        Assert.Equal(SmallTown.City.Calendar.NextWorkingTime(Asked.AddHours(48)), next);
        Assert.InRange(next - Asked, TimeSpan.FromHours(48), TimeSpan.FromDays(5));
    }

    [Fact]
    [Trait("behaviour", "Feedback: no answer after three tries is a bucket of its own")]
    public void NextAt_NobodyAnsweredThreeTimes_IsNever()
    {
        var again = Verified.After(new AskAgain(), Asked.AddDays(2));
        Assert.NotNull(CallbackPlan.NextAt(again, Options, SmallTown.City.Calendar));
        Assert.Null(CallbackPlan.NextAt(again.After(new AskAgain(), Asked.AddDays(4)), Options, SmallTown.City.Calendar));
    }

    [Fact]
    public void AreOver_ThirdTryWithoutAnAnswer_IsTrueOnlyOnceItIsReported()
    {
        var current = Verified;
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            Assert.False(CallbackPlan.AreOver(current, Options));
            current = current.After(new ReportCall(1, CallResult.NoAnswer), Asked.AddDays(2 * attempt));
            Assert.Equal(attempt == 3, CallbackPlan.AreOver(current, Options));
            current = attempt < 3 ? current.After(new AskAgain(), Asked.AddDays(2 * attempt)) : current;
        }
    }

    [Theory]
    [InlineData(CallResult.WrongNumber, true)]
    [InlineData(CallResult.Refused, true)]
    [InlineData(CallResult.Busy, false)]
    [InlineData(CallResult.NoAnswer, false)]
    [InlineData(CallResult.CallLater, false)]
    public void AreOver_FirstTry_IsTrueWhereAnotherCallIsOfNoUse(CallResult result, bool over)
    {
        var reported = Verified.After(new ReportCall(1, result));
        Assert.Equal(over, CallbackPlan.AreOver(reported, Options));
        Assert.Equal(over, CallbackPlan.NextAt(reported, Options, SmallTown.City.Calendar) is null);
    }

    [Fact]
    public void ReportCall_Twice_IsRefusedUntilTheNextTry()
    {
        var reported = Verified.After(new ReportCall(1, CallResult.Busy));
        Assert.Equal("CALL_REPORTED", Assert.IsType<ChangeResult.Refused>(reported.Given(new ReportCall(1, CallResult.Busy))).Conflict!.Code);
        Assert.Equal(2, reported.After(new AskAgain()).After(new ReportCall(1, CallResult.Busy)).Feedback!.Tries.Count(attempt => attempt.Result is not null));
    }

    [Fact]
    public void ReportCall_OfAnEarlierRound_IsRefused()
    {
        var second = Lives.To(CaseState.Verified).Skip(1).Aggregate(Verified.After(new AnswerFeedback(true, false, false, null)), (current, command) => current.After(command));
        Assert.Equal("CALL_OVER", Assert.IsType<ChangeResult.Refused>(second.Given(new ReportCall(1, CallResult.Busy))).Conflict!.Code);
        Assert.Single(second.Feedback!.Tries);
    }

    [Fact]
    public void CloseUnanswered_SaysHowOftenSomebodyTried() =>
        Assert.Equal("2 tries, the last: NoAnswer", new CloseUnanswered().SummaryOf(Verified.After(new AskAgain()).After(new ReportCall(1, CallResult.NoAnswer)), Verified));

    [Fact]
    public void Window_ClosedAfterThreeFailedTries_CanStillBeCalledUnsolved()
    {
        var closed = Verified.After(new ReportCall(1, CallResult.WrongNumber)).After(new CloseUnanswered(), Asked.AddDays(1));
        Assert.Equal(FeedbackStanding.Reopenable, FeedbackWindow.Of(closed, 1, Asked.AddDays(2), new FeedbackOptions()));
        Assert.Equal(FeedbackStanding.Expired, FeedbackWindow.Of(closed, 1, Asked.AddDays(9), new FeedbackOptions()));
        Assert.Equal(CaseState.Reopened, closed.After(new AnswerFeedback(true, false, false, "still there"), Asked.AddDays(2)).State);
    }
}
