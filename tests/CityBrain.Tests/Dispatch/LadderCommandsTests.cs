using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;

namespace CityBrain.Tests.Dispatch;

public sealed class LadderCommandsTests
{
    private static readonly DateTimeOffset AnHourOn = SmallTown.Morning.AddHours(1);

    [Theory]
    [Trait("behaviour", "Escalation: each rung has a time to acknowledge")]
    [InlineData(50, DutyRole.Owner)]
    [InlineData(80, DutyRole.Community)]
    [InlineData(100, DutyRole.Street)]
    [InlineData(150, DutyRole.District)]
    [InlineData(300, DutyRole.City)]
    public void Remind_Rung_NamesItsDutyRoleAndWaitsForIt(int percent, DutyRole role)
    {
        var rung = Assert.Single(Lives.In(CaseState.Handling).After(new Remind(ClockKind.Resolve, percent)).Dispatch!.Escalations);
        Assert.Equal((role, AnHourOn, null), (rung.Role, rung.AnswerBy, rung.AcknowledgedBy));
    }

    [Fact]
    [Trait("behaviour", "Escalation: the case keeps its owner, and what nobody acknowledges climbs")]
    public void ClimbLadder_NotAcknowledgedInTime_TellsTheNextLevelUpToTheCityAndKeepsTheOwner()
    {
        var (current, now) = (Lives.In(CaseState.Handling).After(new Remind(ClockKind.Resolve, 80)), SmallTown.Morning);
        foreach (var role in new[] { DutyRole.Street, DutyRole.District, DutyRole.City })
        {
            var waiting = Escalating.NextToClimb(current)!;
            current.RefusalOf(new ClimbLadder(ClockKind.Resolve), waiting.AnswerBy.AddTicks(-1));
            current = current.After(new ClimbLadder(ClockKind.Resolve), now = waiting.AnswerBy);
            Assert.Equal(role, Assert.Single(current.Dispatch!.Escalations).Role);
            Assert.Equal("sanitation", current.Assignment!.Department);
        }

        Assert.Null(Escalating.NextToClimb(current));
        current.RefusalOf(new ClimbLadder(ClockKind.Resolve), now.AddDays(9));
    }

    [Fact]
    [Trait("behaviour", "Escalation: the case keeps its owner, and what nobody acknowledges climbs")]
    public void Acknowledge_InTime_StopsTheClimb()
    {
        var told = Lives.In(CaseState.Handling).After(new Remind(ClockKind.Resolve, 80));
        var seen = told.After(new Acknowledge(), AnHourOn);
        Assert.Equal(("officer", AnHourOn), (seen.Dispatch!.Escalations[0].AcknowledgedBy, seen.Dispatch.Escalations[0].AcknowledgedAt));
        Assert.Null(Escalating.NextToClimb(seen));
        seen.RefusalOf(new Acknowledge());
        seen.RefusalOf(new ClimbLadder(ClockKind.Resolve), AnHourOn.AddDays(1));
    }

    [Theory]
    [InlineData("sanitation", null, 50, true)]
    [InlineData("sanitation", null, 80, false)]
    [InlineData(null, "c-west", 80, true)]
    [InlineData(null, "c-west", 100, false)]
    [InlineData(null, "s-west", 80, true)]
    [InlineData(null, "town", 300, true)]
    [InlineData(null, null, 300, true)]
    public void Acknowledge_ByWhomTheRungIsNotFor_IsRefused(string? department, string? area, int percent, bool may)
    {
        var told = Lives.In(CaseState.Handling).After(new Remind(ClockKind.Resolve, percent));
        var result = told.Given(new Acknowledge(), by: new Actor("somebody", ActorKind.Staff) { Department = department, AreaId = area });
        Assert.Equal(may, result is ChangeResult.Changed);
    }

    [Fact]
    public void NextToClimb_ClockThatIsMet_WaitsForNobody()
    {
        var told = Lives.In(CaseState.Dispatched).After(new Remind(ClockKind.Sign, 100));
        Assert.NotNull(Escalating.NextToClimb(told));
        Assert.Null(Escalating.NextToClimb(told.After(new Accept())));
    }

    [Fact]
    [Trait("behaviour", "Escalation: each rung has a time to acknowledge")]
    public void Remind_UrgentMatterAtNight_WaitsRoundTheClock()
    {
        var night = SmallTown.Morning.AddHours(13);
        var water = Lives.Rubbish with { CategoryCode = "water", LeadDepartment = "waterworks", Urgency = Urgency.Urgent };
        var urgent = SmallTown.Draft().After(new CityBrain.Triage.CompleteTriage(water)).After(new DispatchTo("waterworks")).After(new Remind(ClockKind.Sign, 50), night);
        Assert.Equal(night.AddHours(1), urgent.Dispatch!.Escalations[0].AnswerBy);
        var routine = Lives.In(CaseState.Dispatched).After(new Remind(ClockKind.Sign, 50), night);
        Assert.Equal(SmallTown.Shanghai.NextWorkingTime(night).AddHours(1), routine.Dispatch!.Escalations[0].AnswerBy);
    }

    [Fact]
    public void Remind_AfterAClimb_NeverGoesBackDown()
    {
        var climbed = Lives.In(CaseState.Handling).After(new Remind(ClockKind.Resolve, 50)).After(new ClimbLadder(ClockKind.Resolve), AnHourOn).After(new ClimbLadder(ClockKind.Resolve), AnHourOn.AddHours(3));
        Assert.Equal(DutyRole.Street, climbed.After(new Remind(ClockKind.Resolve, 80)).Dispatch!.Escalations[0].Role);
    }
}
