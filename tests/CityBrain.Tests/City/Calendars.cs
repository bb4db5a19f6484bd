using CityBrain.City;

namespace CityBrain.Tests.City;

/// <summary>Calendars for tests, and an obvious, slow one to compare with.</summary>
internal static class Calendars
{
    public static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    public static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    // Holidays of 2025 round 1 October with both make-up days, and a night shift beside the usual hours for the zones with summer time.
    public static CalendarRules Rules(params WorkHours[] hours) => new(
        "test",
        hours.Length > 0 ? hours : [Span(8.5, 12), Span(13.5, 18)],
        [DayOfWeek.Saturday, DayOfWeek.Sunday],
        [new(1, 1, new("New Year", "元旦")), new(10, 1, new("National Day", "国庆节"))],
        [new(2025, "test", [new(new("National Day", "国庆节"), new(2025, 10, 1), new(2025, 10, 8))], [new(2025, 9, 28), new(2025, 10, 11)])]);

    public static WorkHours Span(double opens, double closes) => new(TimeSpan.FromHours(opens), TimeSpan.FromHours(closes));

    /// <summary>Working minutes in order, found by looking at the wall clock minute by minute.</summary>
    public static IEnumerable<DateTimeOffset> WorkingMinutes(WorkingCalendar calendar, DateTimeOffset from, DateTimeOffset to)
    {
        // A stretch begins when the wall clock first reaches its opening and is over when it first reaches its closing, even if the clock is put back later.
        HashSet<(DateOnly, TimeSpan)> reached = [];
        for (var minute = from.AddDays(-2); minute < to; minute = minute.AddMinutes(1))
        {
            var local = TimeZoneInfo.ConvertTime(minute, calendar.TimeZone).DateTime;
            var day = DateOnly.FromDateTime(local);
            foreach (var hours in calendar.Rules.Hours)
            {
                foreach (var edge in new[] { hours.Opens, hours.Closes }.Where(edge => local.TimeOfDay >= edge))
                {
                    reached.Add((day, edge));
                }

                if (minute >= from && calendar.IsWorkday(day) && reached.Contains((day, hours.Opens)) && !reached.Contains((day, hours.Closes)))
                {
                    yield return minute;
                    break;
                }
            }
        }
    }
}
