namespace CityBrain.Embedded.Functions.Timers;

/// <summary>
/// An NCRONTAB schedule: second, minute, hour, day of month, month, day of week. All six must match, also both kinds of day, as in
/// the NCrontab library that Azure Functions uses.
/// </summary>
internal sealed class CronSchedule : TimerSchedule
{
    // The Gregorian calendar with its days of the week repeats after 400 years: what has not come by then never comes.
    private const int YearsOfTheCalendar = 400;

    private readonly CronField _seconds;
    private readonly CronField _minutes;
    private readonly CronField _hours;
    private readonly CronField _days;
    private readonly CronField _months;
    private readonly CronField _daysOfWeek;

    private CronSchedule(CronField[] fields) =>
        (_seconds, _minutes, _hours, _days, _months, _daysOfWeek) = (fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);

    /// <summary>Reads six fields, or five without seconds.</summary>
    /// <exception cref="FormatException">A field is wrong, or no day ever matches.</exception>
    public static new CronSchedule Parse(string expression)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (fields.Length is not (5 or 6))
        {
            throw new FormatException($"'{expression}' has {fields.Length} fields; write six: second, minute, hour, day, month, day of week.");
        }

        string[] six = fields.Length == 5 ? ["0", .. fields] : fields;
        var schedule = new CronSchedule([.. six.Select((field, i) => CronField.Parse((CronFieldKind)i, field))]);
        return schedule.TryNext(new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc)) is not null
            ? schedule
            : throw new FormatException($"'{expression}' never comes: no day has that day of month, month and day of week.");
    }

    public override DateTime Next(DateTime instant) => TryNext(instant) ?? DateTime.MaxValue;

    private DateTime? TryNext(DateTime instant)
    {
        var second = new DateTime(instant.Ticks - instant.Ticks % TimeSpan.TicksPerSecond, DateTimeKind.Utc).AddSeconds(1);
        if (IsDay(second) && TimeOfDay(second.TimeOfDay) is { } today)
        {
            return second.Date + today;
        }

        return NextDay(second.Date) is { } day ? day + TimeOfDay(TimeSpan.Zero) : null;
    }

    private bool IsDay(DateTime day) => _months.Contains(day.Month) && _days.Contains(day.Day) && _daysOfWeek.Contains((int)day.DayOfWeek);

    /// <summary>The first matching day after <paramref name="day"/>.</summary>
    private DateTime? NextDay(DateTime day)
    {
        var last = Math.Min(day.Year + YearsOfTheCalendar, DateTime.MaxValue.Year - 1);
        for (day = day.AddDays(1); day.Year <= last; day = day.AddDays(1))
        {
            if (!_months.Contains(day.Month))
            {
                day = new DateTime(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month), 0, 0, 0, DateTimeKind.Utc);
            }
            else if (IsDay(day))
            {
                return day;
            }
        }

        return null;
    }

    /// <summary>The first matching time of day at or after <paramref name="earliest"/>.</summary>
    private TimeSpan? TimeOfDay(TimeSpan earliest)
    {
        var hour = _hours.AtOrAfter(earliest.Hours);
        if (hour == earliest.Hours)
        {
            var minute = _minutes.AtOrAfter(earliest.Minutes);
            if (minute == earliest.Minutes && _seconds.AtOrAfter(earliest.Seconds) is { } second)
            {
                return new TimeSpan(hour.Value, minute.Value, second);
            }

            minute = minute == earliest.Minutes ? _minutes.AtOrAfter(earliest.Minutes + 1) : minute;
            if (minute is { } later)
            {
                return new TimeSpan(hour.Value, later, _seconds.First);
            }

            hour = _hours.AtOrAfter(earliest.Hours + 1);
        }

        return hour is { } next ? new TimeSpan(next, _minutes.First, _seconds.First) : null;
    }
}
