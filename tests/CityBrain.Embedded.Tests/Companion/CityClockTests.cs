using CityBrain.Embedded.Companion;
using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.Storage;
using CityBrain.Embedded.Tests.Functions;

namespace CityBrain.Embedded.Tests.Companion;

public sealed class CityClockTests
{
    private static readonly DateTimeOffset Start = new(2025, 8, 16, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task CreateTimer_AcceleratedClock_FiresAtTheCityInstant()
    {
        var clock = new CityClock(Start, speed: 36_000);
        await Task.Delay(TimeSpan.FromHours(10), clock, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(clock.GetUtcNow() >= Start.AddHours(10));
    }

    [Fact]
    public async Task Speed_Raised_WakesTimersThatSlept()
    {
        var clock = new CityClock(Start, speed: 1);
        var delay = Task.Delay(TimeSpan.FromDays(2), clock, TestContext.Current.CancellationToken);
        clock.Speed = 1_000_000;
        await delay.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(clock.GetUtcNow() >= Start.AddDays(2));
    }

    [Fact]
    public void Speed_Changed_TimeNeverJumps()
    {
        var clock = new CityClock(Start, speed: 1000);
        var before = clock.GetUtcNow();
        clock.Speed = 1;
        var after = clock.GetUtcNow();
        Assert.InRange(after - before, TimeSpan.Zero, TimeSpan.FromMinutes(30));
    }

    [Fact]
    public async Task Speed_OfTheShownClock_IsFollowedByTheOther()
    {
        using var folder = new TestFolder();
        using var shown = new CityClock(Start, speed: 1);
        shown.ShowOn(Path.Combine(folder.Path, "clock"));
        using var following = CityClock.Following(Path.Combine(folder.Path, "clock"));
        var delay = Task.Delay(TimeSpan.FromDays(2), following, TestContext.Current.CancellationToken);
        shown.Speed = 1_000_000;
        await delay.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        shown.Speed = 1;
        var (before, seen, after) = (shown.GetUtcNow(), following.GetUtcNow(), shown.GetUtcNow());
        Assert.InRange(seen, before, after);
    }

    [Fact]
    public async Task Read_WhileAnotherWrites_IsNeverHalfOfEach()
    {
        using var folder = new TestFolder();
        using var board = ClockBoard.Create(Path.Combine(folder.Path, "clock"), new ClockReading(1, 1, 1));
        using var reader = ClockBoard.Open(Path.Combine(folder.Path, "clock"));
        var writing = Task.Run(() =>
        {
            for (var i = 2; i < 200_000; i++)
            {
                board.Write(new ClockReading(i, i, i));
            }
        }, TestContext.Current.CancellationToken);
        while (!writing.IsCompleted)
        {
            var reading = reader.Read();
            Assert.Equal((reading.OriginTicks, (double)reading.OriginTicks), (reading.Timestamp, reading.Speed));
        }

        await writing;
    }

    [Fact]
    public async Task Clock_OfAnAcceleratedStore_GoesOnWhereItStood()
    {
        using var folder = new TestFolder();
        using (var store = SqliteStore.Open(folder.Store))
        using (var keeper = new ClockKeeper(store, new EmbeddedOptions { ClockSpeed = 100_000, ClockStart = Start }))
        {
            await Task.Delay(TimeSpan.FromHours(40), keeper.Clock, TestContext.Current.CancellationToken);
        }

        using var reopened = SqliteStore.Open(folder.Store);
        using var next = new ClockKeeper(reopened, new EmbeddedOptions { ClockSpeed = 100_000 });
        Assert.True(next.Clock.GetUtcNow() >= Start.AddHours(40));
    }
}
