using CityBrain.Supervision;

namespace CityBrain.Tests.Supervision;

public sealed class MonthSnapshotTests
{
    [Theory]
    [InlineData("2024-07", 5, "2024-08-06")]
    [InlineData("2024-08", 5, "2024-09-06")]
    [InlineData("2024-08", 6, "2024-09-09")]
    [InlineData("2024-09", 0, "2024-10-08")]
    [InlineData("2024-09", 11, "2024-10-12")]
    public void DayFor_Month_IsTheFirstWorkingDayAfterItsGrace(string month, int graceDays, string day)
    {
        Assert.True(Month.TryParse(month, out var parsed));
        Assert.Equal(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), MonthSnapshot.DayFor(parsed, graceDays, SmallTown.Shanghai));
    }

    [Theory]
    [InlineData("2024-13")]
    [InlineData("2024-9")]
    [InlineData("1999-01")]
    [InlineData("")]
    [InlineData(null)]
    public void TryParse_NoMonth_IsFalse(string? text) => Assert.False(Month.TryParse(text, out _));

    [Fact]
    public void Plus_AcrossAYear_IsTheRightMonth() => Assert.Equal(("2025-01", "2023-12"), ($"{new Month(2024, 11).Plus(2)}", $"{new Month(2024, 1).Plus(-1)}"));
}
