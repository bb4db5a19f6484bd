using CityBrain.City;
using CityBrain.Emergency;
using CityBrain.Sharing;

namespace CityBrain.Tests.Emergency;

public sealed class OrderRulesTests
{
    private static readonly DateTimeOffset Now = SmallTown.Morning;
    private static readonly Area Street = SmallTown.Areas.Find("s-west")!;

    [Fact]
    [Trait("behaviour", "Emergency: each street gets its tasks with a clock")]
    public void Task_NewArea_IsSentWithItsTasksAndAClock()
    {
        var order = Sent(EmergencyLevel.Yellow);
        Assert.Equal(["watch"], order.Tasks);
        Assert.Equal((Now.AddMinutes(30), 0), (order.DueAt!.Value, order.Rung));
        Assert.True(order.IsMissing);
        Assert.Null(OrderRules.Task(null, TestPlans.Record(), SmallTown.Areas.Find("g-west-1")!, TestPlans.Flood.Levels[EmergencyLevel.Yellow], Now));
    }

    [Fact]
    public void Task_LevelChanges_RetasksOnlyWhatDiffers()
    {
        var acknowledged = OrderRules.Acknowledge(Sent(EmergencyLevel.Blue), "west", Now.AddMinutes(3))!;
        Assert.Null(At(acknowledged, EmergencyLevel.Yellow));
        var more = At(acknowledged, EmergencyLevel.Orange)!;
        Assert.Equal(["pump"], more.Log[^1].Tasks!);
        Assert.Equal((true, Now.AddMinutes(20)), (more.IsMissing, more.DueAt!.Value));
        var less = At(OrderRules.Acknowledge(more, "west", Now)!, EmergencyLevel.Blue)!;
        Assert.Equal(["watch"], less.Tasks);
        Assert.Equal((false, OrderEventKind.Reduced), (less.IsMissing, less.Log[^1].Kind));
        Assert.Null(At(less, EmergencyLevel.Blue));
    }

    [Fact]
    public void Task_EmergencyEnds_CallsOff()
    {
        var off = OrderRules.Task(Sent(EmergencyLevel.Red), TestPlans.Record(EmergencyState.Ended), Street, TestPlans.Flood.Levels[EmergencyLevel.Red], Now)!;
        Assert.Equal((0, null, false, OrderEventKind.CalledOff), (off.Tasks.Count, off.DueAt, off.IsMissing, off.Log[^1].Kind));
        Assert.Null(OrderRules.Task(off, TestPlans.Record(EmergencyState.Ended), Street, TestPlans.Flood.Levels[EmergencyLevel.Red], Now));
    }

    [Fact]
    [Trait("behaviour", "Emergency: an order that nobody confirms is reminded and climbs")]
    public void Climb_NobodyConfirms_RemindsThenClimbsLevelByLevelToTheCity()
    {
        var (order, steps) = (Sent(EmergencyLevel.Yellow), new List<string?>());
        for (var now = Now; order.DueAt is not null; now = now.AddMinutes(1))
        {
            if (Climb(order, now) is { } next)
            {
                Assert.Equal(order.DueAt, now);
                steps.Add($"{next.Log[^1].Kind} {next.Log[^1].Who}");
                order = next;
            }
        }

        Assert.Equal(["Reminded s-west", "Climbed d-west", "Climbed town"], steps);
        Assert.Null(Climb(order, Now.AddDays(9)));
    }

    [Fact]
    public void Climb_AcknowledgedOrEarly_DoesNothing()
    {
        Assert.Null(Climb(Sent(EmergencyLevel.Yellow), Now.AddMinutes(30).AddTicks(-1)));
        var acknowledged = OrderRules.Acknowledge(Sent(EmergencyLevel.Yellow), "west", Now)!;
        Assert.Null(Climb(acknowledged, Now.AddDays(1)));
        Assert.Null(OrderRules.Acknowledge(acknowledged, "again", Now));
    }

    [Theory]
    [Trait("behaviour", "Emergency: only the authority of a level signs")]
    [InlineData(EmergencyLevel.Yellow, AreaLevel.District, "d-west", "d-west", true)]
    [InlineData(EmergencyLevel.Yellow, AreaLevel.City, null, "d-west", true)]
    [InlineData(EmergencyLevel.Yellow, AreaLevel.District, "d-east", "d-west", false)]
    [InlineData(EmergencyLevel.Yellow, AreaLevel.District, "d-west", "town", false)]
    [InlineData(EmergencyLevel.Red, AreaLevel.District, "d-west", "d-west", false)]
    [InlineData(EmergencyLevel.Red, AreaLevel.City, null, "town", true)]
    [InlineData(EmergencyLevel.Blue, AreaLevel.Street, null, "town", false)]
    [InlineData(EmergencyLevel.Blue, null, null, "town", false)]
    public void MaySign_Level_IsForItsAuthorityAlone(EmergencyLevel level, AreaLevel? authority, string? callerArea, string area, bool may) =>
        Assert.Equal(may, Authority.MaySign(new Caller("c", Role.Duty, null, callerArea) { Authority = authority }, TestPlans.Record(areaId: area), TestPlans.Flood.Levels[level], SmallTown.Areas));

    [Fact]
    public void Table_EveryState_LeadsOnAsTheProcedureSays()
    {
        Assert.Equal([EmergencyAction.Activate, EmergencyAction.Dismiss, EmergencyAction.Link], EmergencyTransitions.CommandsFrom(EmergencyState.Declared));
        Assert.Equal([EmergencyAction.Adjust, EmergencyAction.End, EmergencyAction.Link, EmergencyAction.Acknowledge], EmergencyTransitions.CommandsFrom(EmergencyState.Active));
        Assert.Equal(EmergencyTransitions.CommandsFrom(EmergencyState.Active), EmergencyTransitions.CommandsFrom(EmergencyState.Adjusted));
        Assert.Equal([EmergencyAction.Review, EmergencyAction.Link], EmergencyTransitions.CommandsFrom(EmergencyState.Ended));
        Assert.Empty(EmergencyTransitions.CommandsFrom(EmergencyState.Reviewed));
    }

    [Fact]
    [Trait("behaviour", "Emergency: it goes from declared to reviewed by the steps of the table")]
    public void Of_EveryMoveInEveryState_ChangesOnlyWhereTheTableAllows()
    {
        EmergencyMove[] moves = [new Activate(), new Adjust(EmergencyLevel.Red, "rain"), new End("dry"), new Dismiss("no"), new Review("well"), new Link("x"), new RollCalled(1, [])];
        Assert.All(Enum.GetValues<EmergencyState>(), state => Assert.All(moves, move =>
        {
            var result = MoveResult.Of(TestPlans.Record(state), move, TestPlans.All, (_, _) => true, Now);
            Assert.Equal(EmergencyTransitions.Next(state, move.Action), (result as MoveResult.Changed)?.After.State);
            Assert.True(result is MoveResult.Changed || result is MoveResult.Illegal illegal && illegal.Legal.SequenceEqual(EmergencyTransitions.CommandsFrom(state)));
        }));
    }

    [Theory]
    [Trait("behaviour", "Emergency: only the authority of a level signs")]
    [InlineData(EmergencyLevel.Red, EmergencyLevel.Blue)]
    [InlineData(EmergencyLevel.Blue, EmergencyLevel.Red)]
    public void Adjust_BetweenLevels_IsSignedByTheAuthorityOfTheHigher(EmergencyLevel from, EmergencyLevel to)
    {
        var result = MoveResult.Of(TestPlans.Record(level: from), new Adjust(to, "rain"), TestPlans.All, (_, rule) => rule.Authority is not AreaLevel.City, Now);
        Assert.Equal(EmergencyLevel.Red, Assert.IsType<MoveResult.Unsigned>(result).Level);
    }

    private static EmergencyOrder Sent(EmergencyLevel level) => At(null, level)!;

    private static EmergencyOrder? At(EmergencyOrder? order, EmergencyLevel level) => OrderRules.Task(order, TestPlans.Record(level: level), Street, TestPlans.Flood.Levels[level], Now);

    private static EmergencyOrder? Climb(EmergencyOrder order, DateTimeOffset now) => OrderRules.Climb(order, SmallTown.Areas, TestPlans.Flood.Levels[EmergencyLevel.Yellow], now);
}
