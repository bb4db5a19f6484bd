using System.Collections.Frozen;
using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Dispatch;

/// <summary>
/// The four clocks of an assignment and their ladder of reminders, on the working calendar. Pure. All clocks start at dispatch; the resolve
/// clock alone is moved by pauses and approved extensions.
/// </summary>
public static class SlaClock
{
    /// <summary>Rungs of the escalation ladder, in percent of a clock's budget, and the level that is told besides the owner.</summary>
    public static IReadOnlyList<(int Percent, AreaLevel Told)> Ladder { get; } =
    [
        (50, AreaLevel.Grid), (80, AreaLevel.Community), (100, AreaLevel.Street), (150, AreaLevel.District), (300, AreaLevel.City),
    ];

    /// <summary>The clocks of an item, started.</summary>
    public static CaseClocks Start(TimeLimits limits, DateTimeOffset start, WorkingCalendar calendar) => new(
        start,
        calendar.Add(start, limits.Sign),
        calendar.Add(start, limits.Contact),
        calendar.Add(start, limits.ReportIn),
        calendar.Add(start, limits.Resolve),
        FrozenDictionary<ClockKind, int>.Empty);

    /// <summary>The clocks with the resolve clock moved on by an amount of its own kind of time.</summary>
    public static CaseClocks Add(CaseClocks clocks, TimeSpan amount, TimeLimits limits, WorkingCalendar calendar)
    {
        var added = clocks.Added + amount;
        return clocks with { Added = added, ResolveDue = InstantOf(clocks.StartedAt, limits.Resolve, 100, added, calendar) };
    }

    /// <summary>How much of the resolve clock's own kind of time a pause took.</summary>
    public static TimeSpan PauseLength(Suspension pause, DateTimeOffset end, TimeLimits limits, WorkingCalendar calendar) =>
        calendar.Elapsed(pause.Since, end, limits.Resolve);

    /// <summary>The clocks that run in a state.</summary>
    public static IReadOnlyList<ClockKind> Running(CaseState state) => state switch
    {
        CaseState.Dispatched => [ClockKind.Sign, ClockKind.Resolve],
        CaseState.Accepted => [ClockKind.Contact, ClockKind.ReportIn, ClockKind.Resolve],
        CaseState.Handling => [ClockKind.Resolve],
        _ => [],
    };

    /// <summary>The next rung that a running clock reaches and that nobody was told of; null when there is none.</summary>
    public static Rung? NextRung(CaseState state, CaseClocks clocks, TimeLimits limits, WorkingCalendar calendar) =>
        Running(state)
            .Select(clock => (Clock: clock, Percent: NextPercent(clocks.Rungs.GetValueOrDefault(clock))))
            .Where(next => next.Percent is not null)
            .Select(next => new Rung(next.Clock, next.Percent!.Value, InstantOf(clocks.StartedAt, LimitOf(limits, next.Clock), next.Percent.Value, AddedTo(next.Clock, clocks), calendar)))
            .MinBy(rung => rung.At);

    /// <summary>The level of the city that is told at a rung.</summary>
    public static AreaLevel ToldAt(int percent) => Ladder.Last(rung => rung.Percent <= percent).Told;

    private static int? NextPercent(int told) => Ladder.Select(rung => (int?)rung.Percent).FirstOrDefault(percent => percent > told);

    private static TimeSpan AddedTo(ClockKind clock, CaseClocks clocks) => clock is ClockKind.Resolve ? clocks.Added : TimeSpan.Zero;

    private static WorkDuration LimitOf(TimeLimits limits, ClockKind clock) => clock switch
    {
        ClockKind.Sign => limits.Sign,
        ClockKind.Contact => limits.Contact,
        ClockKind.ReportIn => limits.ReportIn,
        _ => limits.Resolve,
    };

    private static DateTimeOffset InstantOf(DateTimeOffset start, WorkDuration limit, int percent, TimeSpan added, WorkingCalendar calendar)
    {
        var length = (calendar.Length(limit) * (percent / 100.0)) + added;
        return calendar.Add(start, limit.IsRoundTheClock ? WorkDuration.RoundTheClock(length) : new WorkDuration(length, WorkUnit.WorkingTime));
    }
}

/// <summary>A rung of a clock's ladder and the instant at which it is reached.</summary>
public sealed record Rung(ClockKind Clock, int Percent, DateTimeOffset At);
