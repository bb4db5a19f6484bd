namespace CityBrain.City;

/// <summary>What a working calendar is made of, as its file says it.</summary>
/// <param name="Version">Names the edition; a case records it with its deadlines.</param>
/// <param name="Hours">Working hours of a working day, in order, not overlapping, in local time.</param>
/// <param name="RestDays">Weekly rest days.</param>
/// <param name="FixedHolidays">Holidays on the same date every year, used for years that nobody has announced yet.</param>
/// <param name="Years">The announced years.</param>
public sealed record CalendarRules(
    string Version,
    IReadOnlyList<WorkHours> Hours,
    IReadOnlyList<DayOfWeek> RestDays,
    IReadOnlyList<FixedHoliday> FixedHolidays,
    IReadOnlyList<CalendarYear> Years);

/// <summary>A stretch of working hours, from the start of a local day.</summary>
/// <param name="Opens">First working instant.</param>
/// <param name="Closes">First instant after work; up to 24 hours.</param>
public readonly record struct WorkHours(TimeSpan Opens, TimeSpan Closes);

/// <summary>A holiday on the same date every year.</summary>
public sealed record FixedHoliday(int Month, int Day, LocalizedName Name);

/// <summary>The holidays and make-up workdays 调休 of one announced year.</summary>
/// <param name="Year">The year.</param>
/// <param name="Source">The notice that announced it.</param>
/// <param name="Holidays">Days off, rest days included where the notice counts them.</param>
/// <param name="Workdays">Rest days on which people work to make up.</param>
public sealed record CalendarYear(int Year, string Source, IReadOnlyList<Holiday> Holidays, IReadOnlyList<DateOnly> Workdays);

/// <summary>A run of days off.</summary>
public sealed record Holiday(LocalizedName Name, DateOnly From, DateOnly To);
