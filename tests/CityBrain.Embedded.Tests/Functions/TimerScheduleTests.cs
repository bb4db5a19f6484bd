using System.Globalization;
using CityBrain.Embedded.Functions.Timers;

namespace CityBrain.Embedded.Tests.Functions;

public sealed class TimerScheduleTests
{
    private static readonly DateTime Start = new(2024, 2, 28, 22, 58, 57, DateTimeKind.Utc);

    [Theory]
    [InlineData("0 */5 * * * *", "2024-02-28T23:00:00")]
    [InlineData("*/5 * * * *", "2024-02-28T23:00:00")]
    [InlineData("0 0 0 29 2 *", "2024-02-29T00:00:00")]
    [InlineData("0 30 9 * 1 1", "2025-01-06T09:30:00")]
    [InlineData("0 30 9 * Jan-Mar Mon-Fri", "2024-02-29T09:30:00")]
    [InlineData("0 0 0 31 * *", "2024-03-31T00:00:00")]
    [InlineData("0 15,45 8-10/2 1 1,6 *", "2024-06-01T08:15:00")]
    [InlineData("58 58 22 * * *", "2024-02-28T22:58:58")]
    [InlineData("57 58 22 * * *", "2024-02-29T22:58:57")]
    [InlineData("00:30:00", "2024-02-28T23:28:57")]
    public void Next_Expression_IsTheKnownInstant(string expression, string expected) =>
        Assert.Equal(DateTime.Parse(expected, CultureInfo.InvariantCulture), TimerSchedule.Parse(expression, TimeZoneInfo.Utc).Next(Start));

    [Theory]
    [InlineData("60 * * * * *")]
    [InlineData("* * * * 13 *")]
    [InlineData("* * * *")]
    [InlineData("soon")]
    [InlineData("00:00:00")]
    [InlineData("")]
    public void Parse_WrongExpression_SaysWhatToWrite(string expression) =>
        Assert.Contains("six NCRONTAB fields", Assert.Throws<FormatException>(() => TimerSchedule.Parse(expression, TimeZoneInfo.Utc)).Message, StringComparison.Ordinal);

    [Fact]
    public void Next_ZoneOfTheCity_IsByItsWallClock() =>
        Assert.Equal(new DateTime(2024, 2, 29, 0, 30, 0), TimerSchedule.Parse("0 30 8 * * *", TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai")).Next(Start));

    [Fact]
    public void Next_HourThatSpringLeavesOut_ComesRightAfterIt()
    {
        var daily = TimerSchedule.Parse("0 30 2 * * *", TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        var before = new DateTime(2024, 3, 10, 6, 59, 0, DateTimeKind.Utc);
        Assert.Equal(new DateTime(2024, 3, 10, 7, 0, 0), daily.Next(before));
        Assert.Equal(new DateTime(2024, 3, 11, 6, 30, 0), daily.Next(daily.Next(before)));
    }

    [Fact]
    public void Next_HourThatAutumnShowsTwice_ComesOnce()
    {
        var daily = TimerSchedule.Parse("0 30 1 * * *", TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        var first = daily.Next(new DateTime(2024, 11, 3, 4, 0, 0, DateTimeKind.Utc));
        Assert.Equal((3, 4), (first.Day, daily.Next(first).Day));
    }
}
