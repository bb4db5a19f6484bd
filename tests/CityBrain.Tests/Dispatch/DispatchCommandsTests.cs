using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;

namespace CityBrain.Tests.Dispatch;

public sealed class DispatchCommandsTests
{
    private static readonly Return Good = new("not-our-duty", "rule 4", "parks");

    [Theory]
    [Trait("behaviour", "Dispatch: a return needs a reason code, a basis and a proposed owner")]
    [InlineData("", "rule", "parks", "reason")]
    [InlineData("not ours", "rule", "parks", "reason must be one of")]
    [InlineData("not-our-duty", " ", "parks", "basis")]
    [InlineData("why", "rule", "nobody", "proposedOwner: 'nobody'")]
    [InlineData("why", "rule", null, "proposedOwner")]
    [InlineData("why", "rule", "sanitation", "another department")]
    public void Return_BadArgument_SaysWhich(string reason, string basis, string? owner, string expected) =>
        Assert.Contains(expected, Lives.In(CaseState.Dispatched).RefusalOf(new Return(reason, basis, owner!)), StringComparison.Ordinal);

    [Fact]
    [Trait("behaviour", "Dispatch: a return comes within two working days")]
    public void Return_AtTheEndOfTheSecondWorkingDay_IsStillInTime()
    {
        // Dispatched on Wednesday at ten: two working days later is Friday at ten.
        var end = SmallTown.Shanghai.Add(SmallTown.Morning, WorkDuration.WorkingDays(2));
        Assert.Equal(SmallTown.Morning.AddDays(2), end);
        Assert.Equal(CaseState.Returned, Lives.In(CaseState.Dispatched).After(Good, end).State);
        Assert.Contains("window", Lives.In(CaseState.Accepted).RefusalOf(Good, end.AddTicks(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Return_NextRound_HasAWindowOfItsOwn()
    {
        var later = SmallTown.Morning.AddDays(14);
        var again = Lives.In(CaseState.Returned).After(new DispatchTo("parks"), later);
        Assert.Equal(CaseState.Returned, again.After(new Return("not-our-duty", "rule", "waterworks"), later).State);
    }

    [Fact]
    public void Return_ToAnOfficeBelowTheList_IsRefused() =>
        Assert.Contains("list", Lives.In(CaseState.Dispatched).RefusalOf(new Return("not-our-duty", "rule", "grid-crew-g-west-1")), StringComparison.Ordinal);

    [Fact]
    public void Reassign_ToAnOfficeBelowTheList_IsRefused() =>
        Assert.Contains("list", Lives.In(CaseState.Handling).RefusalOf(new Reassign("grid-crew-g-west-1", "why")), StringComparison.Ordinal);

    [Fact]
    [Trait("behaviour", "Dispatch: arbitration binds")]
    public void Arbitrate_BindsTheDepartment_UntilADutyOfficerReassigns()
    {
        var bound = Lives.In(CaseState.Arbitration).After(new Arbitrate("waterworks", "rule 5"));
        Assert.Equal((CaseState.Dispatched, "waterworks", true), (bound.State, bound.Assignment!.Department, bound.Assignment.Binding));
        Assert.Contains("binding", bound.RefusalOf(Good), StringComparison.Ordinal);
        Assert.False(bound.After(new Reassign("parks", "why")).Assignment!.Binding);
    }

    [Fact]
    public void DispatchTo_ReopenedAfterArbitration_StaysBinding()
    {
        var reopened = Lives.In(CaseState.Reopened);
        reopened = reopened with { Assignment = reopened.Assignment! with { Binding = true } };
        Assert.True(reopened.After(new DispatchTo("sanitation")).Assignment!.Binding);
    }

    [Theory]
    [InlineData("nobody", "basis", "'nobody'")]
    [InlineData("parks", "", "basis")]
    public void Arbitrate_BadArgument_SaysWhich(string department, string basis, string expected) =>
        Assert.Contains(expected, Lives.In(CaseState.Arbitration).RefusalOf(new Arbitrate(department, basis)), StringComparison.Ordinal);

    [Fact]
    public void Reassign_FromSuspended_StartsANewRoundWithoutThePause()
    {
        var now = SmallTown.Morning.AddHours(30);
        var moved = Lives.In(CaseState.Suspended).After(new Reassign("parks", "theirs"), now);
        Assert.Equal((CaseState.Dispatched, "parks", 2, now), (moved.State, moved.Assignment!.Department, moved.Assignment.Round, moved.Assignment.Clocks.StartedAt));
        Assert.Null(moved.Suspension);
        Assert.Empty(moved.Assignment.Clocks.Rungs);
    }

    [Fact]
    [Trait("behaviour", "Dispatch: somebody is on the spot before there is a reply")]
    public void AcceptAndArrive_Given_RecordTheirTimes()
    {
        var (signed, there) = (SmallTown.Morning.AddMinutes(5), SmallTown.Morning.AddMinutes(50));
        var handling = Lives.In(CaseState.Dispatched).After(new Accept(), signed).After(new Arrive(), there);
        Assert.Equal((signed, there), (handling.Assignment!.AcceptedAt, handling.Assignment.ArrivedAt));
    }

    [Fact]
    [Trait("behaviour", "Escalation: each rung is told once")]
    public void Remind_SameRungAgain_IsRefused()
    {
        var told = Lives.In(CaseState.Dispatched).After(new Remind(ClockKind.Sign, 80));
        Assert.Equal(80, told.Assignment!.Clocks.Rungs[ClockKind.Sign]);
        told.RefusalOf(new Remind(ClockKind.Sign, 80));
        told.RefusalOf(new Remind(ClockKind.Sign, 50));
        told.After(new Remind(ClockKind.Sign, 100));
    }

    [Fact]
    public void Return_PersonalDataInBasis_IsRedacted() =>
        Assert.Equal("mail [email]", Lives.In(CaseState.Dispatched).After(new Return("not-our-duty", "mail a.b@example.org", "parks")).LastReturn!.Basis);
}
