using CityBrain.Cases;
using CityBrain.Feedback;
using CityBrain.Lifecycle;
using CityBrain.Triage;

namespace CityBrain.Tests.Feedback;

public sealed class ProactiveClosingTests
{
    private static readonly FeedbackOptions Options = new() { QuietDays = 7 };

    private static readonly Actor Colleague = new("staff-two", ActorKind.Staff) { Department = "sanitation" };

    private static readonly Case Verified = Lives.In(CaseState.Verified, Warned());

    [Fact]
    public void Triage_CaseOfAWarning_IsOfTheCategoryOfTheWarning()
    {
        var result = Assert.IsType<CompleteTriage>(TriageRules.Decide(Warned() with { Point = SmallTown.Draft().Point, Title = "", Text = "water pipe" }, SmallTown.City)).Result;
        Assert.Equal(("rubbish", "warning"), (result.CategoryCode, result.DecidedBy));
    }

    [Fact]
    [Trait("behaviour", "Early warning: what a warning opened is closed by quiet or by a look on the spot")]
    public void Plan_NoSignSinceTheReply_ClosesWhenItWasQuietForTheDays()
    {
        var plan = LifecyclePlan.For(Verified, SmallTown.City, Options);
        Assert.Equal((LifecycleStep.Wait, LifecycleStep.Close, Verified.Reply!.At.AddDays(7)), (plan.Now, plan.Then, plan.WakeAt));
        Assert.Null(ProactiveClosing.Verdict(Verified));
    }

    [Fact]
    public void Verdict_SignAfterTheReply_OpensItAgain()
    {
        var recurred = Verified.After(new NoteRecurred(SmallTown.Morning.AddDays(2)), SmallTown.Morning.AddDays(2));
        Assert.Equal(LifecycleStep.Close, LifecyclePlan.For(recurred, SmallTown.City, Options).Now);
        var reopened = recurred.After(ProactiveClosing.Verdict(recurred)!, SmallTown.Morning.AddDays(2));
        Assert.Equal((CaseState.Reopened, 1), (reopened.State, reopened.Reopens));
    }

    [Fact]
    public void Verdict_SignBeforeTheReply_IsNoRecurrence() =>
        Assert.Null(ProactiveClosing.Verdict(Verified with { RecurredAt = Verified.Reply!.At.AddHours(-1) }));

    [Theory]
    [InlineData(true, CaseState.Closed)]
    [InlineData(false, CaseState.Reopened)]
    public void SpotCheck_DecidesAtOnce(bool solved, CaseState state)
    {
        var seen = Verified.After(new LookOnSpot(solved, "still there"), by: Colleague);
        Assert.Equal(LifecycleStep.Close, LifecyclePlan.For(seen, SmallTown.City, Options).Now);
        Assert.Equal(state, seen.After(ProactiveClosing.Verdict(seen)!).State);
    }

    [Fact]
    public void SpotCheck_OfTheRoundBefore_DoesNotDecideTheNext()
    {
        var again = Verified with { SpotCheck = new SpotCheck(false, null, "staff-two", Verified.Reply!.At.AddDays(-3)) };
        Assert.Null(ProactiveClosing.Verdict(again));
    }

    [Fact]
    public void SpotCheck_ByTheAuthorOfTheReply_IsRefused() =>
        Assert.Equal("OWN_REPLY", Assert.IsType<ChangeResult.Refused>(Verified.Given(new LookOnSpot(true, null), by: new Actor(Verified.Reply!.By, ActorKind.Staff))).Conflict!.Code);

    [Fact]
    public void SpotCheck_OfACaseThatSomebodyAskedFor_IsRefused() =>
        Assert.Equal("HAS_REPORTER", Assert.IsType<ChangeResult.Refused>(Lives.In(CaseState.Verified).Given(new LookOnSpot(true, null), by: Colleague)).Conflict!.Code);

    [Fact]
    public void SpotCheck_NotSolvedWithoutANote_IsRefused() =>
        Assert.Contains("note", Verified.RefusalOf(new LookOnSpot(false, null), by: Colleague), StringComparison.Ordinal);

    private static Case Warned() => SmallTown.Draft() with { Origin = new CaseOrigin(OriginKind.Warning, "warning", "rubbish-000007") };
}
