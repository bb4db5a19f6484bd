using CityBrain.City;

namespace CityBrain.Supervision;

/// <summary>
/// When a late case is supervised 督办: a reminder 催办 on the working day before the reply is due, a notice 督办通知 on the first working day
/// after, criticism 通报批评 on the fifth. Each at the opening of that day, so nobody is told at night. Pure.
/// </summary>
public static class OverdueLadder
{
    private const int CriticismDays = 5;

    /// <summary>The instant of a step; null when there is none, as for a reminder whose day was over before the clock started.</summary>
    /// <param name="step">Which step.</param>
    /// <param name="startedAt">When the clock started.</param>
    /// <param name="due">When the reply is due.</param>
    /// <param name="calendar">The working calendar.</param>
    public static DateTimeOffset? At(OverdueStep step, DateTimeOffset startedAt, DateTimeOffset due, WorkingCalendar calendar)
    {
        var dueDay = DayOf(due, calendar);
        var at = OpeningOf(Workday(dueDay, step switch { OverdueStep.Reminder => -1, OverdueStep.Notice => 1, _ => CriticismDays }, calendar), calendar);
        return step is OverdueStep.Reminder && at <= startedAt ? null : at;
    }

    /// <summary>The steps that a case has come to. Once the reply is late there is nothing left to remind of.</summary>
    public static IEnumerable<OverdueStep> Reached(DateTimeOffset startedAt, DateTimeOffset due, DateTimeOffset now, WorkingCalendar calendar) =>
        Enum.GetValues<OverdueStep>().Where(step => At(step, startedAt, due, calendar) <= now && (step is not OverdueStep.Reminder || now <= due));

    /// <summary>What is due before this instant may have come to a step; what is due later has not.</summary>
    public static DateTimeOffset Horizon(DateTimeOffset now, WorkingCalendar calendar) =>
        MidnightOf(Workday(DayOf(now, calendar), 1, calendar).AddDays(1), calendar);

    /// <summary>The working day so many working days after a day, or before it when negative.</summary>
    private static DateOnly Workday(DateOnly day, int count, WorkingCalendar calendar)
    {
        for (var left = Math.Abs(count); left > 0; left -= calendar.IsWorkday(day) ? 1 : 0)
        {
            day = day.AddDays(Math.Sign(count));
        }

        return day;
    }

    private static DateOnly DayOf(DateTimeOffset instant, WorkingCalendar calendar) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, calendar.TimeZone).DateTime);

    private static DateTimeOffset OpeningOf(DateOnly day, WorkingCalendar calendar) => calendar.NextWorkingTime(MidnightOf(day, calendar));

    private static DateTimeOffset MidnightOf(DateOnly day, WorkingCalendar calendar)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, calendar.TimeZone.GetUtcOffset(midnight));
    }
}

/// <summary>A step of supervision.</summary>
public enum OverdueStep
{
    /// <summary>The reply is due soon. 催办</summary>
    Reminder,

    /// <summary>The reply is late. 督办</summary>
    Notice,

    /// <summary>The reply is late by five working days. 通报批评</summary>
    Criticism,
}
