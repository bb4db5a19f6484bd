using System.Text.Json;
using CityBrain.City;

namespace CityBrain.Tests.City;

public sealed class WorkDurationTests
{
    [Theory]
    [InlineData("3 working days", WorkUnit.WorkingDays, 72)]
    [InlineData("1 working hour", WorkUnit.WorkingTime, 1)]
    [InlineData("30 working minutes", WorkUnit.WorkingTime, 0.5)]
    [InlineData("24 hours", WorkUnit.CalendarTime, 24)]
    [InlineData("2 days", WorkUnit.CalendarTime, 48)]
    [InlineData("7 minutes", WorkUnit.CalendarTime, 7 / 60.0)]
    [InlineData("0.5 working days", WorkUnit.WorkingDays, 12)]
    public void Parse_TextForm_IsReadAndWrittenBack(string text, WorkUnit unit, double hours)
    {
        var duration = WorkDuration.Parse(text);
        Assert.Equal(new WorkDuration(TimeSpan.FromHours(hours), unit), duration);
        Assert.Equal(text, duration.ToString());
        Assert.Equal(duration, JsonSerializer.Deserialize<WorkDuration>(JsonSerializer.Serialize(duration)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3")]
    [InlineData("three days")]
    [InlineData("-1 hours")]
    [InlineData("3 calendar days")]
    [InlineData("3 working weeks")]
    [InlineData("1e9 days")]
    [InlineData("99999 days")]
    [InlineData("NaN days")]
    public void TryParse_NoTimeLimit_IsRefused(string text) => Assert.False(WorkDuration.TryParse(text, null, out _));

    [Fact]
    public void Multiply_ByShare_KeepsTheUnit() =>
        Assert.Equal("2.5 working days", (WorkDuration.WorkingDays(5) * 0.5).ToString());
}
