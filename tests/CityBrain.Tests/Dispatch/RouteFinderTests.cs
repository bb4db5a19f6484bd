using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;

namespace CityBrain.Tests.Dispatch;

public sealed class RouteFinderTests
{
    private static readonly TriageResult Licence = Lives.Rubbish with { CategoryCode = "licence", LeadDepartment = "street-office-s-west" };

    [Fact]
    public void Decide_TriagedOnTheList_GoesToTheLead() =>
        Assert.Equal(new DispatchTo("sanitation"), RouteFinder.Decide(Lives.In(CaseState.Triaged), SmallTown.City, SmallTown.Morning));

    [Fact]
    [Trait("behaviour", "Off-list gate: what is not on the list of a level is 409 OUT_OF_LIST")]
    public void Decide_TriagedBelowTheList_StopsAtTheGate() =>
        Assert.Equal(new AskRelease("street-office-s-west"), RouteFinder.Decide(Lives.In(CaseState.Triaged) with { Triage = Licence }, SmallTown.City, SmallTown.Morning));

    [Theory]
    [Trait("behaviour", "Off-list gate: the catalogue has versions and a lowest level for each item")]
    [InlineData(AreaLevel.City, "street-office-s-west", true)]
    [InlineData(AreaLevel.District, "street-office-s-west", true)]
    [InlineData(AreaLevel.Street, "street-office-s-west", false)]
    [InlineData(AreaLevel.Grid, "street-office-s-west", false)]
    [InlineData(AreaLevel.City, "sanitation", false)]
    public void NeedsRelease_LevelOfTheItem_IsComparedWithTheOffice(AreaLevel lowest, string department, bool needed)
    {
        var item = SmallTown.City.Catalogue.Other with { Level = lowest };
        Assert.Equal(needed, ReleaseGate.NeedsRelease(item, SmallTown.City.Departments.Find(department)!, SmallTown.Areas));
    }

    [Fact]
    public void Decide_FirstReturn_GoesToTheProposedOwner() =>
        Assert.Equal(new DispatchTo("parks"), RouteFinder.Decide(Lives.In(CaseState.Returned), SmallTown.City, SmallTown.Morning));

    [Fact]
    [Trait("behaviour", "Dispatch: a second return goes to arbitration")]
    public void Decide_SecondReturn_GoesToTheArbiter()
    {
        var twice = Lives.In(CaseState.Returned).After(new DispatchTo("parks")).After(new Return("not-our-duty", "rule", "waterworks"));
        Assert.Equal(new EscalateReturn(), RouteFinder.Decide(twice, SmallTown.City, SmallTown.Morning));
    }

    [Fact]
    [Trait("behaviour", "Feedback: unsolved reopens to the same lead and is counted")]
    public void Decide_Reopened_GoesToTheSameLead() =>
        Assert.Equal(new DispatchTo("sanitation"), RouteFinder.Decide(Lives.In(CaseState.Reopened), SmallTown.City, SmallTown.Morning));

    [Theory]
    [Trait("behaviour", "Feedback: unsolved reopens to the same lead and is counted")]
    [InlineData(3, CaseState.Dispatched)]
    [InlineData(4, CaseState.Arbitration)]
    public void Decide_ReopenedMoreOftenThanTheCap_GoesToTheArbiter(int reopens, CaseState next)
    {
        var reopened = Lives.In(CaseState.Reopened) with { Reopens = reopens };
        Assert.Equal(next, reopened.After(RouteFinder.Decide(reopened, SmallTown.City, SmallTown.Morning)!).State);
    }

    [Fact]
    public void Decide_StateThatIsNotWaitingToBeSent_IsNothing() =>
        Assert.All(
            Enum.GetValues<CaseState>().Except([CaseState.Triaged, CaseState.Returned, CaseState.Reopened]),
            state => Assert.Null(RouteFinder.Decide(Lives.In(state), SmallTown.City, SmallTown.Morning)));

    [Fact]
    public void Release_Given_DispatchesTheLeadThatWasAskedFor()
    {
        var waiting = Lives.In(CaseState.Triaged) with { Triage = Licence };
        var sent = waiting.After(new AskRelease("street-office-s-west")).After(new Release("fund 7", "handbook 2", "deputy", SmallTown.Morning.AddDays(1)));
        Assert.Equal((CaseState.Dispatched, "street-office-s-west"), (sent.State, sent.Assignment!.Department));
    }

    [Theory]
    [Trait("behaviour", "Off-list gate: a release needs funding, handbook, approver and expiry")]
    [Trait("behaviour", "Beyond the public systems: the budget follows a task that is not on the list")]
    [InlineData("", "h", "a", 1)]
    [InlineData("f", null, "a", 1)]
    [InlineData("f", "h", " ", 1)]
    [InlineData("f", "h", "a", 0)]
    public void Release_BadArgument_IsRefused(string funding, string? handbook, string approver, int days) =>
        Assert.NotEmpty(Lives.In(CaseState.ReleaseReview).RefusalOf(new Release(funding, handbook!, approver, SmallTown.Morning.AddDays(days))));

    [Fact]
    public void RefuseRelease_Given_TriagesToALevelThatIsOnTheList()
    {
        var waiting = Lives.In(CaseState.Triaged) with { Triage = Licence };
        var again = waiting.After(new AskRelease("street-office-s-west")).After(new RefuseRelease("no budget"));
        Assert.Equal(CaseState.Triaged, again.State);
        Assert.IsType<DispatchTo>(RouteFinder.Decide(again, SmallTown.City, SmallTown.Morning));
    }

    [Fact]
    public void RefuseRelease_AreaThatIsNoMore_FallsBackToTheCity()
    {
        var waiting = Lives.In(CaseState.ReleaseReview);
        waiting = waiting with { Triage = waiting.Triage! with { AreaId = "g-gone" } };
        Assert.Equal(CaseState.Triaged, waiting.After(new RefuseRelease("no budget")).State);
    }
}
