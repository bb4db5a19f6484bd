using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.Tests.Storage;

public sealed class EmbeddedClockTests
{
    private static readonly DateTimeOffset Start = new(2025, 8, 16, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task CreateTimer_AcceleratedClock_FiresAtTheCityInstant()
    {
        var clock = new EmbeddedClock(Start, speed: 36_000);
        await Task.Delay(TimeSpan.FromHours(10), clock, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(clock.GetUtcNow() >= Start.AddHours(10));
    }

    [Fact]
    public async Task Speed_Raised_WakesTimersThatSlept()
    {
        var clock = new EmbeddedClock(Start, speed: 1);
        var delay = Task.Delay(TimeSpan.FromDays(2), clock, TestContext.Current.CancellationToken);
        clock.Speed = 1_000_000;
        await delay.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(clock.GetUtcNow() >= Start.AddDays(2));
    }

    [Fact]
    public void Speed_Changed_TimeNeverJumps()
    {
        var clock = new EmbeddedClock(Start, speed: 1000);
        var before = clock.GetUtcNow();
        clock.Speed = 1;
        var after = clock.GetUtcNow();
        Assert.InRange(after - before, TimeSpan.Zero, TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task ClockOfAcceleratedPlatform_Reopened_GoesOnWhereItStood()
    {
        using var test = new TestPlatform(clockSpeed: 100_000, clockStart: Start);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        test.Options.ClockStart = null;
        Assert.True(test.Reopen().Clock.GetUtcNow() > Start.AddHours(20));
    }
}
