using System.Globalization;
using CityBrain.Supervision;
using FsCheck.Fluent;

namespace CityBrain.Tests.Supervision;

public sealed class OverdueLadderTests
{
    private static readonly DateTimeOffset Start = SmallTown.Morning;

    [Theory]
    [Trait("behaviour", "Supervision: a reminder before the due day, a notice the day after, criticism five working days on")]
    [InlineData(OverdueStep.Reminder, "2024-09-23T10:00", "2024-09-20T08:30")]
    [InlineData(OverdueStep.Notice, "2024-09-23T10:00", "2024-09-24T08:30")]
    [InlineData(OverdueStep.Criticism, "2024-09-23T10:00", "2024-09-29T08:30")]
    [InlineData(OverdueStep.Notice, "2024-09-30T18:00", "2024-10-08T08:30")]
    [InlineData(OverdueStep.Criticism, "2024-09-30T18:00", "2024-10-12T08:30")]
    [InlineData(OverdueStep.Reminder, "2024-10-08T09:00", "2024-09-30T08:30")]
    public void At_Step_IsTheOpeningOfItsWorkingDay(OverdueStep step, string due, string at) =>
        Assert.Equal(Local(at), OverdueLadder.At(step, Start, Local(due), SmallTown.Shanghai));

    [Fact]
    public void At_ReminderOfAShortClock_IsNone() => Assert.Null(OverdueLadder.At(OverdueStep.Reminder, Start, Start.AddHours(4), SmallTown.Shanghai));

    [Theory]
    [InlineData("2024-09-20T08:29", "")]
    [InlineData("2024-09-20T08:30", "Reminder")]
    [InlineData("2024-09-23T10:01", "")]
    [InlineData("2024-09-24T08:30", "Notice")]
    [InlineData("2024-09-28T12:00", "Notice")]
    [InlineData("2024-09-29T08:30", "Notice,Criticism")]
    public void Reached_AsTimeGoesOn_ClimbsTheLadder(string now, string steps) =>
        Assert.Equal(steps, string.Join(',', OverdueLadder.Reached(Start, Local("2024-09-23T10:00"), Local(now), SmallTown.Shanghai)));

    [Fact]
    public void Reached_AnyDueAndNow_LiesWithinTheHorizonAndInWorkingHours()
    {
        var minutes = Gen.Choose(0, 60 * 24 * 60);
        Laws.Holds(from due in minutes from now in minutes select (Due: Start.AddMinutes(due), Now: Start.AddMinutes(now)), example =>
        {
            var steps = OverdueLadder.Reached(Start, example.Due, example.Now, SmallTown.Shanghai).ToList();
            Assert.True(steps.Count == 0 || example.Due < OverdueLadder.Horizon(example.Now, SmallTown.Shanghai));
            Assert.All(steps, step => Assert.True(SmallTown.Shanghai.IsWorkingTime(OverdueLadder.At(step, Start, example.Due, SmallTown.Shanghai)!.Value)));
            Assert.True(OverdueLadder.At(OverdueStep.Notice, Start, example.Due, SmallTown.Shanghai) > example.Due);
        });
    }

    private static DateTimeOffset Local(string text) => DateTimeOffset.Parse(text + "+08:00", CultureInfo.InvariantCulture);
}
