using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Feedback;
using CityBrain.Lifecycle;
using CityBrain.Triage;

namespace CityBrain.Tests.Dispatch;

public sealed class ReleaseGateTests
{
    private const string Office = "street-office-s-west";

    private static readonly TriageResult Licence = Lives.Rubbish with { CategoryCode = "licence", LeadDepartment = Office };
    private static readonly Release Good = new("fund 7", "handbook 2", "deputy", SmallTown.Morning.AddDays(10));
    private static readonly Case Released = SmallTown.Draft().After(new CompleteTriage(Licence)).After(new AskRelease(Office)).After(Good);
    private static readonly Case Risk = SmallTown.Draft().After(new CompleteTriage(Licence with { Urgency = Urgency.LifeSafety }));

    [Fact]
    public void AskRelease_OffTheList_HasTheCodeInTheHistory() => Assert.StartsWith("OUT_OF_LIST", new AskRelease(Office).Summary, StringComparison.Ordinal);

    [Fact]
    [Trait("behaviour", "Off-list gate: what is not on the list of a level is 409 OUT_OF_LIST")]
    public void Reassign_OffTheList_IsAConflictWithTheCode()
    {
        var refused = Assert.IsType<ChangeResult.Refused>(Lives.In(CaseState.Handling).Given(new Reassign("grid-crew-g-west-1", "why")));
        Assert.Equal("OUT_OF_LIST", refused.Conflict!.Code);
    }

    [Fact]
    [Trait("behaviour", "Off-list gate: a release needs funding, handbook, approver and expiry")]
    public void Release_Given_IsKeptWithFundingHandbookApproverAndExpiry() =>
        Assert.Equal(new ReleaseGrant(Office, "fund 7", "handbook 2", "deputy", Good.Expiry), Released.Dispatch!.Release);

    [Theory]
    [InlineData(-1, typeof(DispatchTo))]
    [InlineData(0, typeof(AskRelease))]
    public void Decide_ReopenedUnderARelease_IsReleasedOnlyUntilItsExpiry(int ticks, Type expected)
    {
        var reopened = Released with { State = CaseState.Reopened };
        Assert.IsType(expected, RouteFinder.Decide(reopened, SmallTown.City, Good.Expiry.AddTicks(ticks)));
    }

    [Fact]
    [Trait("behaviour", "Off-list gate: an expired release is none")]
    public void ExpireRelease_AtTheExpiryAndNotBefore_TakesTheTaskBackToTheGate()
    {
        Assert.Contains("No release", Released.RefusalOf(new ExpireRelease(), Good.Expiry.AddTicks(-1)), StringComparison.Ordinal);
        var back = Released.After(new Accept()).After(new ExpireRelease(), Good.Expiry);
        Assert.Equal((CaseState.ReleaseReview, Office), (back.State, back.Triage!.LeadDepartment));
        var told = Released with { Assignment = Released.Assignment! with { Clocks = Released.Assignment.Clocks with { Rungs = new Dictionary<ClockKind, int> { [ClockKind.Sign] = 300, [ClockKind.Resolve] = 300 } } } };
        var plan = LifecyclePlan.For(told, SmallTown.City, new FeedbackOptions());
        Assert.Equal((Good.Expiry, LifecycleStep.ExpireRelease), (plan.WakeAt!.Value, plan.Then));
    }

    [Fact]
    public void RefuseRelease_Given_IsNotRoutedToTheSameOfficeAgain()
    {
        var refused = SmallTown.Draft().After(new CompleteTriage(Licence)).After(new AskRelease(Office)).After(new RefuseRelease("no budget"));
        Assert.True(refused.Triage!.LeadNamed);
        Assert.Equal("person:officer", refused.Triage.DecidedBy);
    }

    [Fact]
    [Trait("behaviour", "Off-list gate: life safety passes the gate at once")]
    [Trait("behaviour", "Off-list gate: a bypass is reviewed within 24 hours, also after the case has ended")]
    public void Decide_LifeAtRisk_PassesTheGateAtOnceAndIsReviewedWithin24Hours()
    {
        var command = Assert.IsType<DispatchTo>(RouteFinder.Decide(Risk, SmallTown.City, SmallTown.Morning));
        Assert.True(command.Bypass);
        var sent = Risk.After(command);
        Assert.Equal(CaseState.Dispatched, sent.State);
        Assert.Equal(SmallTown.Morning.AddHours(24), sent.Dispatch!.Bypass!.DueAt);
        Assert.Contains("OUT_OF_LIST", command.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void ReviewBypass_InTime_EndsTheClockAndIsGivenOnce()
    {
        var sent = Risk.After(new DispatchTo(Office, Bypass: true));
        var reviewed = sent.After(new ReviewBypass(true, "flames"));
        Assert.Equal(("officer", true, "flames"), (reviewed.Dispatch!.Bypass!.ReviewedBy, reviewed.Dispatch.Bypass.Justified, reviewed.Dispatch.Bypass.Reason));
        reviewed.RefusalOf(new ReviewBypass(false, "no"));
        reviewed.RefusalOf(new LapseBypass(), SmallTown.Morning.AddDays(2));
        Lives.In(CaseState.Handling).RefusalOf(new ReviewBypass(true, "flames"));
    }

    [Theory]
    [Trait("behaviour", "Off-list gate: a bypass is reviewed within 24 hours, also after the case has ended")]
    [InlineData(CaseState.Closed)]
    [InlineData(CaseState.Merged)]
    [InlineData(CaseState.Withdrawn)]
    public void ReviewBypass_AfterTheEndOfTheCase_IsStillOwedAndGiven(CaseState end)
    {
        var ended = Risk.After(new DispatchTo(Office, Bypass: true)) with { State = end, EndedAt = SmallTown.Morning };
        var plan = LifecyclePlan.For(ended, SmallTown.City, new FeedbackOptions());
        Assert.Equal((LifecycleStep.Wait, SmallTown.Morning.AddHours(24), LifecycleStep.LapseBypass), (plan.Now, plan.WakeAt!.Value, plan.Then));
        var reviewed = ended.After(new ReviewBypass(true, "flames"), SmallTown.Morning.AddHours(2));
        Assert.Equal((end, "officer", SmallTown.Morning), (reviewed.State, reviewed.Dispatch!.Bypass!.ReviewedBy, reviewed.EndedAt!.Value));
    }

    [Fact]
    [Trait("behaviour", "Off-list gate: a bypass is reviewed within 24 hours, also after the case has ended")]
    public void LapseBypass_After24HoursWithoutAReview_TellsOnceAndMayStillBeReviewed()
    {
        var replied = Risk.After(new DispatchTo(Office, Bypass: true)) with { State = CaseState.Verified, Feedback = new FeedbackRound(1, SmallTown.Morning, SmallTown.Morning.AddDays(14)) };
        var plan = LifecyclePlan.For(replied, SmallTown.City, new FeedbackOptions());
        Assert.Equal((SmallTown.Morning.AddHours(24), LifecycleStep.LapseBypass), (plan.WakeAt!.Value, plan.Then));
        var missed = replied.After(new LapseBypass(), SmallTown.Morning.AddHours(24));
        Assert.Equal(LifecycleStep.Close, LifecyclePlan.For(missed, SmallTown.City, new FeedbackOptions()).Then);
        missed.RefusalOf(new LapseBypass(), SmallTown.Morning.AddHours(25));
        missed.After(new ReviewBypass(false, "no danger"), SmallTown.Morning.AddHours(25));
    }
}
