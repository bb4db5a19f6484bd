using CityBrain.Rehearsal.Play;

namespace CityBrain.Tests.Rehearsal;

public sealed class PacerTests
{
    private static readonly Pacer Pacer = new(Cruise: 36_000, Fastest: 1_000_000, Tolerance: TimeSpan.FromHours(1));

    [Fact]
    public void Next_NothingLate_Cruises() =>
        Assert.Equal(36_000, Pacer.Next(TimeSpan.FromMinutes(59), TimeSpan.FromDays(9), quiet: false));

    [Fact]
    public void Next_LateBeyondTolerance_SlowsDownMoreTheLaterItIs()
    {
        var speeds = Enumerable.Range(60, 90).Select(minutes => Pacer.Next(TimeSpan.FromMinutes(minutes), TimeSpan.Zero, quiet: false)).ToList();

        Assert.Equal(speeds.OrderDescending(), speeds);
        Assert.True(speeds[30] < 36_000 * 0.6);
        Assert.Equal(Pacer.Slowest, speeds[^1]);
    }

    [Fact]
    public void Next_QuietAndNothingDueForLong_Hurries() =>
        Assert.Equal(1_000_000, Pacer.Next(TimeSpan.Zero, TimeSpan.FromDays(30), quiet: true));

    [Fact]
    public void Next_QuietAndSomethingDueSoon_IsSlowAgainWhenItComes()
    {
        Assert.Equal(36_000, Pacer.Next(TimeSpan.Zero, TimeSpan.FromMinutes(10), quiet: true));
        Assert.InRange(Pacer.Next(TimeSpan.Zero, TimeSpan.FromHours(4), quiet: true), 36_001, 999_999);
    }

    [Fact]
    public void Next_NothingPlanned_Cruises() => Assert.Equal(36_000, Pacer.Next(TimeSpan.Zero, null, quiet: true));
}
