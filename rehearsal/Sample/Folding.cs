namespace CityBrain.Rehearsal.Sample;

/// <summary>
/// Folds the years of the sample into four weeks, so that a play is dense: weekday and time of day stay, the key of the row chooses the week.
/// Pure.
/// </summary>
internal static class Folding
{
    /// <summary>Weeks that the years are folded into.</summary>
    public const int Weeks = 4;

    private const int DaysInWeek = 7;

    /// <summary>First day of the four weeks.</summary>
    public static DateOnly FirstDay { get; } = new(2025, 8, 16);

    /// <summary>The instant at which the four weeks begin in a zone.</summary>
    public static DateTimeOffset Start(TimeZoneInfo zone) => InZone(FirstDay.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>The instant of the four weeks that stands for the time at which a row was created.</summary>
    public static DateTimeOffset Fold(ServiceRequest row, TimeZoneInfo zone)
    {
        var (created, week) = (row.Created, row.Key[^1] % Weeks);
        var weekday = ((int)created.DayOfWeek - (int)FirstDay.DayOfWeek + DaysInWeek) % DaysInWeek;
        return InZone(FirstDay.AddDays((week * DaysInWeek) + weekday).ToDateTime(TimeOnly.FromDateTime(created)), zone);
    }

    private static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone) => new(local, zone.GetUtcOffset(local));
}
