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
    /// <summary>Rungs of the escalation ladder, in percent of a clock's budget, and the duty role that answers for each.</summary>
    public static IReadOnlyList<(int Percent, DutyRole Told)> Ladder { get; } =
    [
        (50, DutyRole.Owner), (80, DutyRole.Community), (100, DutyRole.Street), (150, DutyRole.District), (300, DutyRole.City),
    ];

    /// <summary>The clocks of an item, started.</summary>
    public static CaseClocks Start(TimeLimits limits, DateTimeOffset start, WorkingCalendar calendar) => new(
        start,
        calendar.Add(start, limits.Sign),
        calendar.Add(start, limits.Contact),
        calendar.Add(start, limits.ReportIn),
        calendar.Add(start, limits.Resolve),
        FrozenDictionary<ClockKind, int>.Empty)
    {
        Calendar = calendar.Version,
    };

    /// <summary>The clocks with the resolve clock moved on by an amount of its own kind of time.</summary>
    public static CaseClocks Add(CaseClocks clocks, TimeSpan amount, TimeLimits limits, WorkingCalendar calendar)
    {
        var added = clocks.Added + amount;
        return clocks with { Added = added, Calendar = calendar.Version, ResolveDue = InstantOf(clocks.StartedAt, limits.Resolve, 100, added, calendar) };
    }

    /// <summary>
    /// The clocks under the limits of another category, as if it had been that from the start: elapsed time, pauses and extensions stay, in the new limit's
    /// own kind of time. A rung that is ahead again will be told again.
    /// </summary>
    /// <param name="clocks">The clocks so far.</param>
    /// <param name="pauses">Pauses of the case; those of this round count.</param>
    /// <param name="limits">The new limits.</param>
    /// <param name="now">When the category changes.</param>
    /// <param name="calendar">The working calendar.</param>
    public static CaseClocks Change(CaseClocks clocks, IEnumerable<PauseSpan> pauses, TimeLimits limits, DateTimeOffset now, WorkingCalendar calendar)
    {
        var paused = pauses.Where(pause => pause.Since >= clocks.StartedAt).Aggregate(TimeSpan.Zero, (sum, pause) => sum + calendar.Elapsed(pause.Since, pause.End, limits.Resolve));
        var fresh = Start(limits, clocks.StartedAt, calendar) with { ExtendedDays = clocks.ExtendedDays };
        var changed = Add(fresh, paused + ExtensionLength(clocks.ExtendedDays, limits, calendar), limits, calendar);
        var rungs = clocks.Rungs.ToDictionary(
            told => told.Key,
            told => Ladder.Select(rung => rung.Percent).LastOrDefault(percent => percent <= told.Value && At(told.Key, percent, changed, limits, calendar) <= now));
        return changed with { Rungs = rungs };
    }

    /// <summary>What an extension of some working days adds to the resolve clock; on a clock that runs round the clock, days.</summary>
    public static TimeSpan ExtensionLength(double workingDays, TimeLimits limits, WorkingCalendar calendar) =>
        limits.Resolve.IsRoundTheClock ? TimeSpan.FromDays(workingDays) : calendar.Length(WorkDuration.WorkingDays(workingDays));

    /// <summary>How much of the resolve clock's own kind of time a pause took.</summary>
    public static TimeSpan PauseLength(PauseSpan pause, TimeLimits limits, WorkingCalendar calendar) =>
        calendar.Elapsed(pause.Since, pause.End, limits.Resolve);

    /// <summary>The clocks that run in a state; the contact clock until the reporter was contacted.</summary>
    public static IReadOnlyList<ClockKind> Running(CaseState state) => state switch
    {
        CaseState.Dispatched => [ClockKind.Sign, ClockKind.Resolve],
        CaseState.Accepted => [ClockKind.Contact, ClockKind.ReportIn, ClockKind.Resolve],
        CaseState.Handling => [ClockKind.Contact, ClockKind.Resolve],
        _ => [],
    };

    /// <summary>The clocks that run for a case: where nobody is known who could be contacted, or somebody was, the contact clock does not.</summary>
    public static IEnumerable<ClockKind> Running(Case current) =>
        Running(current.State).Where(clock => clock is not ClockKind.Contact || current is { Origin.ReporterKey: not null, Assignment.Contact: null });

    /// <summary>The next rung that a running clock reaches and that nobody was told of; null when there is none.</summary>
    public static Rung? NextRung(IEnumerable<ClockKind> running, CaseClocks clocks, TimeLimits limits, WorkingCalendar calendar) =>
        running
            .Select(clock => (Clock: clock, Percent: NextPercent(clocks.Rungs.GetValueOrDefault(clock))))
            .Where(next => next.Percent is not null)
            .Select(next => new Rung(next.Clock, next.Percent!.Value, At(next.Clock, next.Percent.Value, clocks, limits, calendar)))
            .MinBy(rung => rung.At);

    /// <summary>The duty role that is told at a rung.</summary>
    public static DutyRole ToldAt(int percent) => Ladder.Last(rung => rung.Percent <= percent).Told;

    private static DateTimeOffset At(ClockKind clock, int percent, CaseClocks clocks, TimeLimits limits, WorkingCalendar calendar) =>
        InstantOf(clocks.StartedAt, LimitOf(limits, clock), percent, AddedTo(clock, clocks), calendar);

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
