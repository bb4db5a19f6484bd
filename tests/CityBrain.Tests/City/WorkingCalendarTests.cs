using CityBrain.City;

namespace CityBrain.Tests.City;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = new(Calendars.Rules(), Calendars.Shanghai);

    [Theory]
    [InlineData("2025-09-26T16:00+08:00", "3 working days", "2025-09-30T16:00+08:00")] // Friday; Sunday 28 is worked
    [InlineData("2025-09-30T17:00+08:00", "1 working day", "2025-10-09T17:00+08:00")]  // over the holidays
    [InlineData("2025-10-10T17:30+08:00", "1 working hour", "2025-10-11T09:00+08:00")] // Saturday 11 is worked
    [InlineData("2025-10-11T17:30+08:00", "1 working hour", "2025-10-13T09:00+08:00")]
    [InlineData("2025-09-27T03:00+08:00", "1 working hour", "2025-09-28T09:30+08:00")] // starts on a rest day
    [InlineData("2025-09-25T12:30+08:00", "1 working hour", "2025-09-25T14:30+08:00")] // starts at lunch
    [InlineData("2025-09-25T11:30+08:00", "30 working minutes", "2025-09-25T12:00+08:00")] // ends at the closing, not the next opening
    [InlineData("2025-09-30T17:00+08:00", "24 hours", "2025-10-01T17:00+08:00")]
    [InlineData("2025-09-30T23:00Z", "1 working hour", "2025-10-09T09:30+08:00")]
    [InlineData("2025-10-03T10:00+08:00", "0 working days", "2025-10-03T10:00+08:00")]
    public void Add_Limit_SkipsWhatIsNoWork(string start, string limit, string expected)
    {
        var deadline = Calendar.Add(DateTimeOffset.Parse(start, null), WorkDuration.Parse(limit));
        Assert.Equal(DateTimeOffset.Parse(expected, null), deadline);
        Assert.Equal(TimeSpan.FromHours(8), deadline.Offset);
    }

    [Theory]
    [Trait("behaviour", "Clocks: calendars know holidays and make-up workdays")]
    [InlineData("2025-10-01", false)]
    [InlineData("2025-10-11", true)]
    [InlineData("2025-10-12", false)]
    [InlineData("2025-09-28", true)]
    [InlineData("2025-01-01", true)]  // 2025 is announced, and its list does not say so
    [InlineData("2027-01-01", false)] // not announced: fixed dates hold
    [InlineData("2027-01-04", true)]
    public void IsWorkday_Day_FollowsTheListOfTheYear(string day, bool expected) =>
        Assert.Equal(expected, Calendar.IsWorkday(DateOnly.Parse(day, null)));

    [Fact]
    public void IsAnnounced_YearWithoutList_IsFalse()
    {
        Assert.True(Calendar.IsAnnounced(2025));
        Assert.False(Calendar.IsAnnounced(2027));
    }

    [Fact]
    public void WorkingTimeBetween_Reversed_IsNegative()
    {
        DateTimeOffset early = new(2025, 9, 25, 9, 0, 0, TimeSpan.FromHours(8)), late = early.AddHours(2);
        Assert.Equal(TimeSpan.FromHours(2), Calendar.WorkingTimeBetween(early, late));
        Assert.Equal(TimeSpan.FromHours(-2), Calendar.WorkingTimeBetween(late, early));
    }

    [Fact]
    public void Elapsed_LimitRoundTheClock_CountsTheNightToo()
    {
        DateTimeOffset friday = new(2025, 9, 26, 17, 0, 0, TimeSpan.FromHours(8)), monday = friday.AddDays(3);
        Assert.Equal(TimeSpan.FromDays(3), Calendar.Elapsed(friday, monday, WorkDuration.Parse("24 hours")));
        Assert.Equal(TimeSpan.FromHours(16), Calendar.Elapsed(friday, monday, WorkDuration.Parse("3 working days")));
        Assert.Equal(TimeSpan.FromHours(24), Calendar.Length(WorkDuration.Parse("3 working days")));
    }

    [Fact]
    public void NextWorkingTime_AtNight_IsTheMorning()
    {
        DateTimeOffset night = new(2025, 10, 10, 23, 0, 0, TimeSpan.FromHours(8));
        Assert.Equal(new DateTimeOffset(2025, 10, 11, 8, 30, 0, TimeSpan.FromHours(8)), Calendar.NextWorkingTime(night));
        Assert.Equal(night.AddHours(-8), Calendar.NextWorkingTime(night.AddHours(-8)));
        Assert.False(Calendar.IsWorkingTime(night));
        Assert.True(Calendar.IsWorkingTime(night.AddHours(-8)));
        Assert.False(Calendar.IsWorkingTime(night.AddHours(-5)));
    }

    [Theory]
    [InlineData("2025-03-09", 5)]  // put forward at 02:00: of 01:00-07:00 one hour is missing
    [InlineData("2025-11-02", 7)]  // put back at 02:00: one hour comes twice
    public void WorkingTimeBetween_ClockChanges_CountsRealHours(string sunday, double hours)
    {
        var calendar = new WorkingCalendar(Calendars.Rules(Calendars.Span(1, 7)) with { RestDays = [] }, Calendars.NewYork);
        DateTimeOffset start = new(DateTime.Parse(sunday, null), TimeSpan.FromHours(-5));
        Assert.Equal(TimeSpan.FromHours(hours), calendar.WorkingTimeBetween(start, start.AddHours(20)));
    }

    [Fact]
    public void Add_NegativeOrBeyondTheCalendar_IsRefused()
    {
        DateTimeOffset start = new(2059, 12, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.Add(start, new(TimeSpan.FromTicks(-1), WorkUnit.WorkingTime)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.Add(start, WorkDuration.WorkingDays(60)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Calendar.WorkingTimeBetween(start, start.AddYears(1)));
    }
}
