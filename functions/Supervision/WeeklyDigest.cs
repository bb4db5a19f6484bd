using System.Globalization;
using CityBrain.City;

namespace CityBrain.Supervision;

/// <summary>The week of a district, or of the city: what its card says.</summary>
/// <param name="Week">ISO week in which it is told, such as <c>2024-W38</c>.</param>
/// <param name="At">The instant at which it was to be told; the same however late it is.</param>
/// <param name="AreaId">The district, or the city's own area.</param>
/// <param name="Month">The month of the rates: that of the day before the week.</param>
/// <param name="DataAsOf">When the figures were read.</param>
/// <param name="All">The rates of all its cases.</param>
/// <param name="By">What is ranked: departments in the city, streets in a district.</param>
/// <param name="Top">The best.</param>
/// <param name="Bottom">The last, the worst first; none that is among the best.</param>
/// <param name="Overdue">Open steps of supervision.</param>
/// <param name="Flags">Gaming flags, by kind.</param>
public sealed record WeeklyDigest(
    string Week,
    DateTimeOffset At,
    string AreaId,
    Month Month,
    DateTimeOffset DataAsOf,
    RateLine All,
    RateDimension By,
    IReadOnlyList<RateLine> Top,
    IReadOnlyList<RateLine> Bottom,
    IReadOnlyDictionary<OverdueStep, int> Overdue,
    IReadOnlyDictionary<FlagKind, int> Flags)
{
    /// <summary>Most units among the best, and among the last.</summary>
    public const int MostRanked = 3;

    private static readonly TimeOnly Hour = new(8, 0);

    /// <summary>The week whose digest is due, and since when: eight o'clock on Monday, or on the first working day of the week; null before that.</summary>
    public static (string Week, DateTimeOffset At)? Due(DateTimeOffset now, WorkingCalendar calendar)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, calendar.TimeZone).DateTime);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var day = Enumerable.Range(0, 7).Select(monday.AddDays).Where(calendar.IsWorkday).Select(workday => (DateOnly?)workday).FirstOrDefault();
        if (day is not { } first)
        {
            return null;
        }

        var local = first.ToDateTime(Hour);
        var at = new DateTimeOffset(local, calendar.TimeZone.GetUtcOffset(local));
        var start = monday.ToDateTime(TimeOnly.MinValue);
        return at <= now ? (string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(start)}-W{ISOWeek.GetWeekOfYear(start):D2}"), at) : null;
    }

    /// <summary>The best and the last of a table; those without a rank are in neither.</summary>
    public static (IReadOnlyList<RateLine> Top, IReadOnlyList<RateLine> Bottom) Ranked(RateTable table)
    {
        var ranked = table.Lines.Where(line => line.Rank is not null).ToList();
        return ([.. ranked.Take(MostRanked)], [.. ranked.Skip(MostRanked).Reverse().Take(MostRanked)]);
    }
}
