using CityBrain.Embedded.Functions.Timers;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Embedded.Tests.Functions;

/// <summary>The schedule against the obvious implementation: look at every second.</summary>
public sealed class CronScheduleTests
{
    private static readonly DateTime Start = new(2024, 2, 28, 22, 58, 57, DateTimeKind.Utc);
    private static readonly (int Lowest, int Highest)[] Limits = [(0, 59), (0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];
    private static readonly string[] MonthNames = ["JAN", "feb", "March", "Apr", "MAY", "jun", "July", "AUG", "Sep", "october", "NOV", "dec"];
    private static readonly string[] DayNames = ["SUN", "mon", "Tuesday", "Wed", "THU", "fri", "Saturday"];

    [Fact]
    public void Next_AnyExpression_IsTheFirstMatchingSecond()
    {
        var cases =
            from second in Field(0)
            from minute in Field(1)
            from hour in Field(2)
            from day in Field(3)
            from month in Field(4)
            from dayOfWeek in Field(5)
            from offset in Gen.Choose(0, 40 * 86_400)
            select (Fields: new[] { second, minute, hour, day, month, dayOfWeek }, From: Start.AddSeconds(offset));
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var expected = SlowNext(c.Fields, c.From, days: 3);
            var schedule = TryParse(string.Join(' ', c.Fields.Select(field => field.Text)));
            var next = schedule?.Next(c.From);
            return (expected is null ? next is null || next > c.From.AddDays(3) : next == expected)
                .Label($"{string.Join(' ', c.Fields.Select(field => field.Text))} after {c.From:O}: {next:O}, not {expected:O}");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    [Theory]
    [InlineData("0 */5 * * * *", "2024-02-28T23:00:00")]
    [InlineData("*/5 * * * *", "2024-02-28T23:00:00")]
    [InlineData("0 0 0 29 2 *", "2024-02-29T00:00:00")]
    [InlineData("59 59 23 29 FEB SUN", "2032-02-29T23:59:59")]
    [InlineData("0 30 9 * JAN MON", "2025-01-06T09:30:00")]
    [InlineData("0 30 9 * Jan-Mar Mon-Fri", "2024-02-29T09:30:00")]
    [InlineData("0 0 0 1 * MON", "2024-04-01T00:00:00")]
    [InlineData("0 0 0 31 * *", "2024-03-31T00:00:00")]
    [InlineData("0 15,45 8-10/2 1 1,6 *", "2024-06-01T08:15:00")]
    [InlineData("58 58 22 * * *", "2024-02-28T22:58:58")]
    [InlineData("57 58 22 * * *", "2024-02-29T22:58:57")]
    [InlineData("0 0 12 * * FRI-MON", "2024-02-29T12:00:00")] // turned round: Monday to Friday
    public void Next_Expression_IsTheKnownInstant(string expression, string expected) =>
        Assert.Equal(DateTime.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), TimerSchedule.Parse(expression).Next(Start));

    [Fact]
    public void Next_FromBetweenTwoSeconds_IsNotLeftOut() =>
        Assert.Equal(Start.AddSeconds(1), TimerSchedule.Parse("* * * * * *").Next(Start.AddMilliseconds(600)));

    [Theory]
    [InlineData("0 0 0 30 2 *", "never comes")]
    [InlineData("60 * * * * *", "from 0 to 59")]
    [InlineData("* * * 0 * *", "from 1 to 31")]
    [InlineData("* * * * 13 *", "from 1 to 12")]
    [InlineData("* * * * * 7", "from 0 to 6")]
    [InlineData("* * * * * Xyz", "DayOfWeek")]
    [InlineData("* * * * MON *", "Month")]
    [InlineData("* * * * ,1 *", "Month")]
    [InlineData("1-2-3 * * * * *", "Second")]
    [InlineData("*/ * * * * *", "Second")]
    [InlineData("-5 * * * * *", "Second")]
    [InlineData("* * * *", "4 fields")]
    [InlineData("soon", "time span")]
    [InlineData("00:00:00", "time span")]
    [InlineData("", "time span")]
    public void Parse_WrongExpression_SaysWhatIsWrong(string expression, string part) =>
        Assert.Contains(part, Assert.Throws<FormatException>(() => TimerSchedule.Parse(expression)).Message, StringComparison.Ordinal);

    [Fact]
    public void Next_TimeSpan_IsThatMuchLater() => Assert.Equal(Start.AddMinutes(30), TimerSchedule.Parse("00:30:00").Next(Start));

    private static Gen<(string Text, HashSet<int> Values)> Field(int kind)
    {
        var (lowest, highest) = Limits[kind];
        var value = Gen.Choose(lowest, highest);
        var item = Gen.Frequency(
            (4, Gen.Constant(("*", Enumerable.Range(lowest, highest - lowest + 1)))),
            (2, from v in value from name in Gen.Elements(true, false) select (Name(kind, v, name), Enumerable.Repeat(v, 1))),
            (2, from a in value from b in value select ($"{a}-{b}", Between(a, b, 1))),
            (2, from step in Gen.Choose(1, 20) select ($"*/{step}", Between(lowest, highest, step))),
            (1, from a in value from b in value from step in Gen.Choose(1, 9) select ($"{a}-{b}/{step}", Between(a, b, step))),
            (1, from a in value from step in Gen.Choose(1, 9) select ($"{a}/{step}", Between(a, highest, step))));
        return from count in Gen.Choose(1, 3)
               from items in item.ListOf(count)
               select (string.Join(',', items.Select(i => i.Item1)), items.SelectMany(i => i.Item2).ToHashSet());
    }

    private static string Name(int kind, int value, bool asName) => (kind, asName) switch
    {
        (4, true) => MonthNames[value - 1],
        (5, true) => DayNames[value],
        _ => value.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static IEnumerable<int> Between(int a, int b, int step) =>
        Enumerable.Range(Math.Min(a, b), Math.Abs(a - b) + 1).Where(value => (value - Math.Min(a, b)) % step == 0);

    private static DateTime? SlowNext((string Text, HashSet<int> Values)[] fields, DateTime from, int days)
    {
        for (var second = from.AddSeconds(1); second <= from.AddDays(days); second = second.AddSeconds(1))
        {
            if (fields[0].Values.Contains(second.Second) && fields[1].Values.Contains(second.Minute) && fields[2].Values.Contains(second.Hour)
                && fields[3].Values.Contains(second.Day) && fields[4].Values.Contains(second.Month) && fields[5].Values.Contains((int)second.DayOfWeek))
            {
                return second;
            }
        }

        return null;
    }

    private static TimerSchedule? TryParse(string expression)
    {
        try
        {
            return TimerSchedule.Parse(expression);
        }
        catch (FormatException failure) when (failure.Message.Contains("never comes", StringComparison.Ordinal))
        {
            return null;
        }
    }
}
