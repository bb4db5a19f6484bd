using CityBrain.City;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.City;

public sealed class WorkingCalendarLawTests
{
    private static readonly WorkingCalendar Shanghai = new(Calendars.Rules(), Calendars.Shanghai);

    // Edges at 02:15 and 01:30 lie in the hour that New York's clock skips in March and repeats in November.
    private static readonly WorkingCalendar NewYork = new(
        Calendars.Rules(Calendars.Span(0, 1.5), Calendars.Span(2.25, 6), Calendars.Span(9, 24)) with { RestDays = [DayOfWeek.Monday] }, Calendars.NewYork);

    private static readonly Gen<WorkingCalendar> AnyCalendar = Gen.Elements(Shanghai, NewYork);

    // Instants to the millisecond in the weeks round the holidays of October 2025 and the clock changes of both half-years.
    private static readonly Gen<DateTimeOffset> AnyInstant =
        from day in Gen.Elements(new DateTimeOffset(2025, 9, 20, 0, 0, 0, TimeSpan.Zero), new(2025, 11, 1, 0, 0, 0, TimeSpan.Zero), new(2025, 3, 8, 0, 0, 0, TimeSpan.Zero))
        from milliseconds in Gen.Choose(0, 24 * 86_400_000)
        select day.AddMilliseconds(milliseconds);

    private static readonly Gen<WorkDuration> AnyWork =
        from milliseconds in Gen.OneOf(Gen.Choose(0, 3_600_000), Gen.Choose(0, 200 * 3_600_000))
        select new WorkDuration(TimeSpan.FromMilliseconds(milliseconds), WorkUnit.WorkingTime);

    [Fact]
    public void Add_ThenWorkingTimeBetween_IsTheDuration() =>
        Holds(from calendar in AnyCalendar from start in AnyInstant from work in AnyWork select (calendar, start, work), t =>
            t.calendar.WorkingTimeBetween(t.start, t.calendar.Add(t.start, t.work)) == t.work.Length);

    [Fact]
    public void Add_IsTheEarliestSuchInstant() =>
        Holds(from calendar in AnyCalendar from start in AnyInstant from work in AnyWork select (calendar, start, work), t =>
            t.work.Length == TimeSpan.Zero || t.calendar.WorkingTimeBetween(t.start, t.calendar.Add(t.start, t.work).AddTicks(-1)) < t.work.Length);

    [Fact]
    public void Add_Twice_IsAddOfTheSum() =>
        Holds(from calendar in AnyCalendar from start in AnyInstant from a in AnyWork from b in AnyWork select (calendar, start, a, b), t =>
            t.calendar.Add(t.calendar.Add(t.start, t.a), t.b) == t.calendar.Add(t.start, t.a with { Length = t.a.Length + t.b.Length }));

    [Fact]
    public void Add_LaterStartOrLongerWork_IsNeverEarlier() =>
        Holds(from calendar in AnyCalendar from x in AnyInstant from y in AnyInstant from a in AnyWork from b in AnyWork select (calendar, x, y, a, b), t =>
            (t.x > t.y || t.calendar.Add(t.x, t.a) <= t.calendar.Add(t.y, t.a))
            && (t.a.Length > t.b.Length || t.calendar.Add(t.x, t.a) <= t.calendar.Add(t.x, t.b)));

    [Fact]
    public void WorkingTimeBetween_OverAMiddle_IsTheSum() =>
        Holds(from calendar in AnyCalendar from x in AnyInstant from y in AnyInstant from z in AnyInstant select (calendar, x, y, z), t =>
            t.calendar.WorkingTimeBetween(t.x, t.y) + t.calendar.WorkingTimeBetween(t.y, t.z) == t.calendar.WorkingTimeBetween(t.x, t.z));

    [Fact]
    public void WorkingTimeBetween_ComparedMinuteByMinute_IsTheSame() =>
        Holds(from calendar in AnyCalendar from start in AnyInstant from minutes in Gen.Choose(0, 5 * 1440) select (calendar, Start: Floor(start), minutes), t =>
            t.calendar.WorkingTimeBetween(t.Start, t.Start.AddMinutes(t.minutes)).TotalMinutes
            == Calendars.WorkingMinutes(t.calendar, t.Start, t.Start.AddMinutes(t.minutes)).Count());

    [Fact]
    public void Add_ComparedMinuteByMinute_IsTheSame() =>
        Holds(from calendar in AnyCalendar from start in AnyInstant from minutes in Gen.Choose(1, 1000) select (calendar, Start: Floor(start), minutes), t =>
            t.calendar.Add(t.Start, new(TimeSpan.FromMinutes(t.minutes), WorkUnit.WorkingTime))
            == Calendars.WorkingMinutes(t.calendar, t.Start, t.Start.AddDays(40)).ElementAt(t.minutes - 1).AddMinutes(1));

    private static DateTimeOffset Floor(DateTimeOffset instant) => new(instant.UtcTicks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);

    private static void Holds<T>(Gen<T> inputs, Func<T, bool> law) =>
        Prop.ForAll(inputs.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
}
