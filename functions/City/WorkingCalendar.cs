using System.Collections.Frozen;

namespace CityBrain.City;

/// <summary>
/// The city's working time. Every stretch of working hours of fifty years is laid out once as UTC ticks with the work done before it, so a
/// question is one or two binary searches. Immutable and safe for concurrent use.
/// </summary>
public sealed class WorkingCalendar
{
    private static readonly DateOnly FirstDay = new(2010, 1, 1);
    private static readonly DateOnly LastDay = new(2059, 12, 31);

    private readonly FrozenSet<DateOnly> _holidays;
    private readonly FrozenSet<DateOnly> _makeUpDays;
    private readonly FrozenSet<int> _announced;
    private readonly FrozenSet<(int Month, int Day)> _fixedHolidays;
    private readonly FrozenSet<DayOfWeek> _restDays;
    private readonly WorkSpans _spans;

    /// <summary>Lays the calendar out.</summary>
    public WorkingCalendar(CalendarRules rules, TimeZoneInfo timeZone)
    {
        Rules = rules;
        TimeZone = timeZone;
        _restDays = rules.RestDays.ToFrozenSet();
        _fixedHolidays = rules.FixedHolidays.Select(h => (h.Month, h.Day)).ToFrozenSet();
        _announced = rules.Years.Select(y => y.Year).ToFrozenSet();
        _holidays = rules.Years.SelectMany(y => y.Holidays).SelectMany(DaysOf).ToFrozenSet();
        _makeUpDays = rules.Years.SelectMany(y => y.Workdays).ToFrozenSet();
        WorkdayLength = TimeSpan.FromTicks(rules.Hours.Sum(h => (h.Closes - h.Opens).Ticks));
        _spans = WorkSpans.LayOut(FirstDay, LastDay, IsWorkday, rules.Hours, timeZone);
    }

    /// <summary>What the calendar is made of.</summary>
    public CalendarRules Rules { get; }

    /// <summary>The city's time zone.</summary>
    public TimeZoneInfo TimeZone { get; }

    /// <summary>Names the edition of the calendar.</summary>
    public string Version => Rules.Version;

    /// <summary>The working hours of one working day.</summary>
    public TimeSpan WorkdayLength { get; }

    /// <summary>False for a year whose holidays are not in the file: only the weekly pattern and fixed-date holidays are known, so deadlines in it are provisional.</summary>
    public bool IsAnnounced(int year) => _announced.Contains(year);

    /// <summary>True when people work on that local day.</summary>
    public bool IsWorkday(DateOnly day)
    {
        if (_makeUpDays.Contains(day))
        {
            return true;
        }

        return !_restDays.Contains(day.DayOfWeek)
            && !_holidays.Contains(day)
            && (_announced.Contains(day.Year) || !_fixedHolidays.Contains((day.Month, day.Day)));
    }

    /// <summary>True when people work at that instant; the closing instant itself is no longer work.</summary>
    public bool IsWorkingTime(DateTimeOffset instant) => _spans.IsOpen(Checked(instant));

    /// <summary>The instant itself in working hours, else the next opening, in local time.</summary>
    public DateTimeOffset NextWorkingTime(DateTimeOffset instant) => Local(_spans.NextOpen(Checked(instant)));

    /// <summary>
    /// The first instant by which <paramref name="duration"/> has run since <paramref name="start"/>, in local time. A start outside working
    /// hours counts from the next opening; a zero duration gives the start.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative, or the answer lies outside 2010–2059.</exception>
    public DateTimeOffset Add(DateTimeOffset start, WorkDuration duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration.Length, TimeSpan.Zero, nameof(duration));
        return Local(duration.IsRoundTheClock
            ? Checked(start) + duration.Length.Ticks
            : _spans.Add(Checked(start), Length(duration).Ticks));
    }

    /// <summary>Working time from one instant to another; negative when <paramref name="to"/> is the earlier.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An instant lies outside 2010–2059.</exception>
    public TimeSpan WorkingTimeBetween(DateTimeOffset from, DateTimeOffset to) =>
        TimeSpan.FromTicks(_spans.WorkedBefore(Checked(to)) - _spans.WorkedBefore(Checked(from)));

    /// <summary>How much of a limit's own kind of time lies between two instants: working time, or time round the clock.</summary>
    public TimeSpan Elapsed(DateTimeOffset from, DateTimeOffset to, WorkDuration limit) =>
        limit.IsRoundTheClock ? to - from : WorkingTimeBetween(from, to);

    /// <summary>The limit in its own kind of time, to compare with <see cref="Elapsed"/>: "3 working days" of eight hours is 24 hours.</summary>
    public TimeSpan Length(WorkDuration duration) =>
        duration.Unit == WorkUnit.WorkingDays
            ? TimeSpan.FromTicks((long)((Int128)duration.Length.Ticks * WorkdayLength.Ticks / TimeSpan.TicksPerDay))
            : duration.Length;

    private static IEnumerable<DateOnly> DaysOf(Holiday holiday)
    {
        for (var day = holiday.From; day <= holiday.To; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    private static long Checked(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant.Year, FirstDay.Year, nameof(instant));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(instant.Year, LastDay.Year, nameof(instant));
        return instant.UtcTicks;
    }

    private DateTimeOffset Local(long utcTicks) => TimeZoneInfo.ConvertTime(new DateTimeOffset(utcTicks, TimeSpan.Zero), TimeZone);
}
