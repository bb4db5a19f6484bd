using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Dispatch;

public sealed class SlaClockLawTests
{
    private static readonly WorkingCalendar Calendar = SmallTown.Shanghai;

    // To the minute, over the weeks round the National Day with its make-up workdays.
    private static readonly Gen<DateTimeOffset> Instants = Gen.Choose(0, 30 * 1440).Select(minutes => new DateTimeOffset(2024, 9, 16, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes));

    private static readonly Gen<WorkDuration> Limits = Gen.OneOf(
        Gen.Choose(1, 40).Select(tenths => WorkDuration.WorkingDays(tenths / 4.0)),
        Gen.Choose(1, 40 * 60).Select(minutes => new WorkDuration(TimeSpan.FromMinutes(minutes), WorkUnit.WorkingTime)),
        Gen.Choose(1, 200 * 60).Select(minutes => WorkDuration.RoundTheClock(TimeSpan.FromMinutes(minutes))));

    private static readonly Gen<TimeLimits> AllLimits =
        from sign in Limits from contact in Limits from reportIn in Limits from resolve in Limits select new TimeLimits(sign, contact, reportIn, resolve);

    [Fact]
    [Trait("behaviour", "Escalation: the ladder has rungs at 50, 80, 100, 150 and 300 %")]
    public void NextRung_ToldOneByOne_ClimbsEachLadderOnceInOrder() =>
        Laws.Holds(from limits in AllLimits from start in Instants select (limits, start), t =>
        {
            var clocks = SlaClock.Start(t.limits, t.start, Calendar);
            var told = new List<Rung>();
            while (SlaClock.NextRung(SlaClock.Running(CaseState.Accepted), clocks, t.limits, Calendar) is { } rung)
            {
                told.Add(rung);
                clocks = clocks with { Rungs = new Dictionary<ClockKind, int>(clocks.Rungs) { [rung.Clock] = rung.Percent } };
            }

            Assert.Equal(told.OrderBy(rung => rung.At).Select(rung => rung.At), told.Select(rung => rung.At));
            Assert.All(SlaClock.Running(CaseState.Accepted), clock =>
                Assert.Equal([50, 80, 100, 150, 300], told.Where(rung => rung.Clock == clock).Select(rung => rung.Percent)));
            Assert.Equal(15, told.Count);
        });

    [Fact]
    [Trait("behaviour", "Clocks: sign, contact, report-in and resolve each have a clock")]
    public void NextRung_HundredPercent_IsTheDueInstant() =>
        Laws.Holds(from limits in AllLimits from start in Instants from extra in Gen.Choose(0, 3000) select (limits, start, extra), t =>
        {
            var clocks = SlaClock.Add(SlaClock.Start(t.limits, t.start, Calendar), TimeSpan.FromMinutes(t.extra), t.limits, Calendar);
            foreach (var (state, clock) in new[] { (CaseState.Dispatched, ClockKind.Sign), (CaseState.Accepted, ClockKind.Contact), (CaseState.Accepted, ClockKind.ReportIn), (CaseState.Handling, ClockKind.Resolve) })
            {
                var others = SlaClock.Running(state).Where(other => other != clock).ToDictionary(other => other, _ => 300);
                var rung = SlaClock.NextRung(SlaClock.Running(state), clocks with { Rungs = new Dictionary<ClockKind, int>(others) { [clock] = 80 } }, t.limits, Calendar);
                Assert.Equal(new Rung(clock, 100, clocks.Due(clock)), rung);
            }
        });

    [Fact]
    public void Start_LongerLimit_IsNeverDueEarlier() =>
        Laws.Holds(from a in Limits from b in Limits from start in Instants where a.Unit == b.Unit select (a, b, start), t =>
        {
            var (shorter, longer) = t.a.Length < t.b.Length ? (t.a, t.b) : (t.b, t.a);
            var clocks = SlaClock.Start(new TimeLimits(shorter, shorter, longer, longer), t.start, Calendar);
            Assert.True(clocks.SignDue <= clocks.ResolveDue && clocks.ContactDue <= clocks.ReportInDue);
            Assert.True(t.start <= clocks.SignDue);
        });

    [Fact]
    [Trait("behaviour", "Clocks: a pause moves the resolve clock by exactly its working time")]
    public void Resume_AfterAPause_MovesTheResolveClockByExactlyThePausedTime() =>
        Laws.Holds(from limit in Limits from start in Instants from before in Gen.Choose(0, 2000) from paused in Gen.Choose(1, 4 * 1440) select (limit, start, before, paused), t =>
        {
            var limits = SmallTown.Working with { Resolve = t.limit };
            var clocks = SlaClock.Start(limits, t.start, Calendar);
            var since = t.start.AddMinutes(t.before);
            var end = since.AddMinutes(t.paused);
            var pause = SlaClock.PauseLength(new PauseSpan(since, end), limits, Calendar);
            var moved = SlaClock.Add(clocks, pause, limits, Calendar);

            var minutes = MinutesOf(t.limit, since, end);
            Assert.Equal(minutes, pause.TotalMinutes);
            Assert.Equal(minutes, MinutesOf(t.limit, clocks.ResolveDue, moved.ResolveDue), 1e-6);
            Assert.Equal((clocks.SignDue, clocks.ContactDue, clocks.ReportInDue), (moved.SignDue, moved.ContactDue, moved.ReportInDue));
        }, times: 60);

    [Theory]
    [Trait("behaviour", "Escalation: each rung has its duty role, from the grid to the city")]
    [InlineData(50, DutyRole.Owner)]
    [InlineData(80, DutyRole.Community)]
    [InlineData(100, DutyRole.Street)]
    [InlineData(150, DutyRole.District)]
    [InlineData(299, DutyRole.District)]
    [InlineData(300, DutyRole.City)]
    public void ToldAt_Percent_IsTheRoleOfTheRungReached(int percent, DutyRole role) => Assert.Equal(role, SlaClock.ToldAt(percent));

    [Theory]
    [InlineData(CaseState.Replied)]
    [InlineData(CaseState.Suspended)]
    [InlineData(CaseState.Returned)]
    [InlineData(CaseState.Closed)]
    public void NextRung_NoClockRuns_IsNone(CaseState state) =>
        Assert.Null(SlaClock.NextRung(SlaClock.Running(state), SlaClock.Start(SmallTown.Working, SmallTown.Morning, Calendar), SmallTown.Working, Calendar));

    [Fact]
    [Trait("behaviour", "Clocks: calendars know holidays and make-up workdays")]
    public void Start_ThreeWorkingDaysBeforeTheHoliday_CountsTheMakeUpDayAndSkipsTheWeek()
    {
        // Saturday 28 September is free, Sunday the 29th is a make-up day, Monday works, 1 to 7 October are free.
        var clocks = SlaClock.Start(SmallTown.Working, new(2024, 9, 28, 12, 0, 0, TimeSpan.FromHours(8)), Calendar);
        Assert.Equal(new DateTimeOffset(2024, 10, 8, 18, 0, 0, TimeSpan.FromHours(8)), clocks.ResolveDue);
    }

    [Fact]
    public void ResolveDue_PausesExtensionsAndCategoryChanges_IsThatOfASlowMinuteByMinuteClock() =>
        Laws.Holds(
            from first in Limits
            from second in Limits
            from start in Instants
            from days in Gen.Choose(0, 8)
            from steps in (from gap in Gen.Choose(1, 900) from length in Gen.Choose(1, 2000) select (gap, length)).ListOf(3)
            from changeAfter in Gen.Choose(0, 3)
            select (first, second, start, days: days / 2.0, steps, changeAfter),
            t =>
            {
                var (before, after) = (SmallTown.Working with { Resolve = t.first }, SmallTown.Working with { Resolve = t.second });
                var (clocks, limits, now, pauses) = (SlaClock.Start(before, t.start, Calendar), before, t.start, new List<PauseSpan>());
                clocks = SlaClock.Add(clocks with { ExtendedDays = t.days }, SlaClock.ExtensionLength(t.days, limits, Calendar), limits, Calendar);
                for (var step = 0; step <= t.steps.Count; step++)
                {
                    if (step == t.changeAfter)
                    {
                        limits = after;
                        clocks = SlaClock.Change(clocks, pauses, limits, now, Calendar);
                    }

                    if (step < t.steps.Count)
                    {
                        var pause = new PauseSpan(now.AddMinutes(t.steps[step].gap), now.AddMinutes(t.steps[step].gap + t.steps[step].length));
                        pauses.Add(pause);
                        clocks = SlaClock.Add(clocks, SlaClock.PauseLength(pause, limits, Calendar), limits, Calendar);
                        now = pause.End;
                    }
                }

                Assert.Equal(SlowDue(limits.Resolve, t.start, t.days, pauses), clocks.ResolveDue.UtcDateTime, TimeSpan.FromMinutes(1));
            },
            times: 60);

    [Fact]
    public void Change_ThereAndBack_IsAsIfNothingHadChanged() =>
        Laws.Holds(from one in AllLimits from other in AllLimits from start in Instants from length in Gen.Choose(1, 3000) select (one, other, start, length), t =>
        {
            PauseSpan[] pauses = [new(t.start.AddHours(1), t.start.AddHours(1).AddMinutes(t.length))];
            var now = pauses[0].End;
            var clocks = SlaClock.Add(SlaClock.Start(t.one, t.start, Calendar), SlaClock.PauseLength(pauses[0], t.one, Calendar), t.one, Calendar);
            var back = SlaClock.Change(SlaClock.Change(clocks, pauses, t.other, now, Calendar), pauses, t.one, now, Calendar);
            Assert.Equal((clocks.StartedAt, clocks.SignDue, clocks.ContactDue, clocks.ReportInDue, clocks.ResolveDue), (back.StartedAt, back.SignDue, back.ContactDue, back.ReportInDue, back.ResolveDue));
        });

    /// <summary>The slow way to a due instant: count minutes that run, minute by minute, until budget, extension and pauses are used up.</summary>
    private static DateTime SlowDue(WorkDuration limit, DateTimeOffset start, double days, List<PauseSpan> pauses)
    {
        bool Runs(DateTimeOffset at) => limit.IsRoundTheClock || Calendar.IsWorkingTime(at);
        var day = limit.IsRoundTheClock ? 1440 : 480;
        var budget = (limit.Unit is WorkUnit.WorkingDays ? limit.Length.TotalDays * 480 : limit.Length.TotalMinutes) + (days * day);
        foreach (var pause in pauses)
        {
            for (var at = pause.Since; at < pause.End; at = at.AddMinutes(1))
            {
                budget += Runs(at) ? 1 : 0;
            }
        }

        var due = start;
        for (; budget > 0; due = due.AddMinutes(1))
        {
            budget -= Runs(due) ? 1 : 0;
        }

        return due.UtcDateTime;
    }

    /// <summary>The slow way: look at every minute. Due instants may lie between two minutes, so the ends count by their share.</summary>
    private static double MinutesOf(WorkDuration limit, DateTimeOffset from, DateTimeOffset to)
    {
        var total = 0.0;
        for (var at = from; at < to;)
        {
            var next = new DateTimeOffset(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute), at.Offset).AddMinutes(1);
            next = next < to ? next : to;
            total += limit.IsRoundTheClock || Calendar.IsWorkingTime(at) ? (next - at).TotalMinutes : 0;
            at = next;
        }

        return total;
    }
}
