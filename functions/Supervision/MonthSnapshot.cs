using System.Security.Cryptography;
using System.Text;
using CityBrain.City;

namespace CityBrain.Supervision;

/// <summary>A month's figures, frozen: what is published does not move any more. A correction is a further snapshot; none is ever changed.</summary>
/// <param name="Month">Which month.</param>
/// <param name="Number">1 for the first, one more for each correction.</param>
/// <param name="Hash">SHA-256 of its rules and cases, in hexadecimal: the same content has the same hash.</param>
/// <param name="DataAsOf">The instant as of which it was read.</param>
/// <param name="Rules">By which rules its rates are made.</param>
/// <param name="Cases">Number of cases in it.</param>
/// <param name="By">Who made it: the calendar, or the duty officer who corrected.</param>
/// <param name="Reason">Why it was corrected; null for the first.</param>
public sealed record MonthSnapshot(Month Month, int Number, string Hash, DateTimeOffset DataAsOf, RateRules Rules, int Cases, string By, string? Reason = null)
{
    /// <summary>The hash of a month's content.</summary>
    public static string HashOf(RateRules rules, IReadOnlyList<RatedCase> cases) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CityJson.Write(rules) + CityJson.Write(cases))));

    /// <summary>The day on which a month is frozen: the first working day after the days of grace that follow it.</summary>
    /// <param name="month">Which month.</param>
    /// <param name="graceDays">Days of grace, 0 or more.</param>
    /// <param name="calendar">The working calendar.</param>
    public static DateOnly DayFor(Month month, int graceDays, WorkingCalendar calendar)
    {
        var day = month.Plus(1).FirstDay.AddDays(graceDays);
        while (!calendar.IsWorkday(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }
}
