using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Feedback;
using CityBrain.Lifecycle;
using CityBrain.Triage;

namespace CityBrain.Tests.Lifecycle;

public sealed class LifecyclePlanTests
{
    private static readonly FeedbackOptions Feedback = new();

    [Theory]
    [InlineData(CaseState.Filed, LifecycleStep.Triage)]
    [InlineData(CaseState.Triaged, LifecycleStep.Dispatch)]
    [InlineData(CaseState.Returned, LifecycleStep.Dispatch)]
    [InlineData(CaseState.Reopened, LifecycleStep.Dispatch)]
    [InlineData(CaseState.Replied, LifecycleStep.CheckReply)]
    [InlineData(CaseState.Merged, LifecycleStep.Finish)]
    [InlineData(CaseState.Referred, LifecycleStep.Finish)]
    [InlineData(CaseState.Withdrawn, LifecycleStep.Finish)]
    public void For_StateThatTheCityLeavesItself_IsAStepAtOnce(CaseState state, LifecycleStep step)
    {
        var current = Lives.In(state);
        Assert.Equal(new LifecyclePlan(current.Version, step), For(current));
    }

    [Theory]
    [InlineData(CaseState.TriageReview)]
    [InlineData(CaseState.ReleaseReview)]
    [InlineData(CaseState.Arbitration)]
    public void For_StateThatAPersonLeaves_WaitsForAChange(CaseState state)
    {
        var current = Lives.In(state);
        Assert.Equal(new LifecyclePlan(current.Version, LifecycleStep.Wait), For(current));
    }

    [Theory]
    [InlineData(CaseState.Dispatched, 0.5)]
    [InlineData(CaseState.Accepted, 5.5)]
    [InlineData(CaseState.Handling, 29.5)]
    public void For_DepartmentHasIt_WaitsForHalfOfTheFirstClock(CaseState state, double hours)
    {
        // Half of a working hour, of a working day (the lunch break lies between), and of three working days: the last is over on Thursday at half past three.
        var plan = For(Lives.In(state));
        Assert.Equal((LifecycleStep.Wait, LifecycleStep.Remind), (plan.Now, plan.Then));
        Assert.Equal(SmallTown.Morning.AddHours(hours), plan.WakeAt);
    }

    [Fact]
    [Trait("behaviour", "Off-list gate: the catalogue has versions and a lowest level for each item")]
    public void NextRung_CaseOfAnEarlierVersion_KeepsItsLimits()
    {
        var rubbish = SmallTown.City.Catalogue.Find("rubbish")!;
        var slower = rubbish with { Version = 2, Limits = rubbish.Limits with { Sign = WorkDuration.WorkingHours(2) } };
        var city = SmallTown.With(catalogue: new Catalogue([.. SmallTown.City.Catalogue.All, slower]));
        Assert.Equal(2, city.Catalogue.Find("rubbish")!.Version);
        DateTimeOffset FirstRung(int version) => LifecyclePlan.NextRung(Lives.To(CaseState.Dispatched).Skip(1).Aggregate(
            SmallTown.Draft().After(new CompleteTriage(Lives.Rubbish with { CatalogueVersion = version })), (current, command) => current.After(command)), city)!.At;
        Assert.Equal((SmallTown.Morning.AddMinutes(30), SmallTown.Morning.AddHours(1)), (FirstRung(1), FirstRung(2)));
    }

    [Fact]
    public void For_EveryRungTold_WaitsForAChangeAlone()
    {
        var handling = Lives.In(CaseState.Handling);
        handling = handling with { Assignment = handling.Assignment! with { Clocks = handling.Assignment.Clocks with { Rungs = new Dictionary<ClockKind, int> { [ClockKind.Resolve] = 300 } } } };
        Assert.Null(For(handling).WakeAt);
    }

    [Fact]
    public void For_Suspended_ResumesAtTheCap() =>
        Assert.Equal((SmallTown.Morning.AddDays(3), LifecycleStep.Resume), (For(Lives.In(CaseState.Suspended)).WakeAt!.Value, For(Lives.In(CaseState.Suspended)).Then));

    [Fact]
    public void For_Verified_AsksThreeTimesAndClosesWhenTheLinkExpires()
    {
        var current = Lives.In(CaseState.Verified);
        for (var further = 1; further < 3; further++)
        {
            Assert.Equal((CallbackPlan.NextAt(current, Feedback, SmallTown.City.Calendar), LifecycleStep.AskAgain), (For(current).WakeAt, For(current).Then));
            current = current.After(new AskAgain(), For(current).WakeAt);
        }

        Assert.Equal((SmallTown.Morning.AddDays(14), LifecycleStep.Close), (For(current).WakeAt!.Value, For(current).Then));
    }

    [Fact]
    public void For_VerifiedAndTheNumberIsWrong_ClosesAtOnce() =>
        Assert.Equal(LifecycleStep.Close, For(Lives.In(CaseState.Verified).After(new ReportCall(1, CallResult.WrongNumber))).Now);

    [Fact]
    public void For_VerifiedAndTheDeviceIsBackToNormal_ClosesAtOnce() =>
        Assert.Equal(LifecycleStep.Close, For(Lives.In(CaseState.Verified) with { SensorClearedAt = SmallTown.Morning }).Now);

    [Fact]
    public void For_Closed_WaitsUntilItCanNoLongerBeReopened() =>
        Assert.Equal((SmallTown.Morning.AddDays(7), LifecycleStep.Finish), (For(Lives.In(CaseState.Closed)).WakeAt!.Value, For(Lives.In(CaseState.Closed)).Then));

    [Fact]
    public void For_ClosedUnanswered_IsOverWithTheLink()
    {
        var closed = Lives.In(CaseState.Verified).After(new CloseUnanswered(), SmallTown.Morning.AddDays(14));
        Assert.Equal(SmallTown.Morning.AddDays(14), For(closed).WakeAt);
    }

    [Fact]
    public void For_ClosedCaseOfASensor_IsFinished() =>
        Assert.Equal(LifecycleStep.Finish, For(Lives.In(CaseState.Closed) with { Origin = new CaseOrigin(OriginKind.Sensor, "sensor", "g/r/1") }).Now);

    [Fact]
    public void For_ReplyHeldForReview_RemindsOnceAndThenWaitsForTheReviewerAlone()
    {
        var held = Lives.In(CaseState.Replied).After(new AskReplyReview(Lives.Doubt));
        Assert.Equal(new LifecyclePlan(held.Version, LifecycleStep.Wait, held.ReplyReview!.DueAt, LifecycleStep.LapseReplyReview), For(held));
        var lapsed = held.After(new LapseReplyReview(), held.ReplyReview.DueAt);
        Assert.Equal(new LifecyclePlan(lapsed.Version, LifecycleStep.Wait), For(lapsed));
        Assert.Equal(LifecycleStep.CheckReply, For(lapsed.After(new ReviewReply(true, null), by: SmallTown.Duty)).Now);
    }

    [Fact]
    public void For_EveryState_HasAPlanOfItsVersion() =>
        Assert.All(Enum.GetValues<CaseState>(), state => Assert.Equal(Lives.In(state).Version, For(Lives.In(state)).Version));

    private static LifecyclePlan For(Case current) => LifecyclePlan.For(current, SmallTown.City, Feedback);
}
