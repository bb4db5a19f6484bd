using System.Collections.Concurrent;
using System.Text.Json;
using CityBrain.Embedded.Companion;
using CityBrain.Embedded.Functions.Timers;
using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.Tests.Functions;

public sealed class TimerLoopTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly SqliteStore _store;

    public TimerLoopTests() => _store = SqliteStore.Open(_folder.Store);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_AcceleratedClock_FollowsTheScheduleInCityTimeWithoutABusyLoop()
    {
        var real = System.Diagnostics.Stopwatch.StartNew();
        await using var runs = await StartAsync("0 0 * * * *", "2025-01-01T00:30:00Z", speed: 1_000_000);
        await runs.WaitAsync(8);
        Assert.True(real.Elapsed > 6 * TimerLoop.ShortestPause, $"8 runs took only {real.Elapsed}");
        var seen = runs.Seen.Take(8).ToArray();
        Assert.All(seen, run => Assert.True(run.Now >= run.Next && run.Next.Ticks % TimeSpan.TicksPerHour == 0 && !run.IsPastDue));
        Assert.Equal(default, seen[0].Last);
        Assert.True(seen[1].Last >= new DateTime(2025, 1, 1, 1, 0, 0));
    }

    [Fact]
    public async Task Run_OccurrenceMissedWhileDown_RunsOnceAndIsPastDue()
    {
        await using (await StartAsync("0 0 8 * * *", "2025-01-01T07:00:00Z"))
        {
        }

        await using (var second = await StartAsync("0 0 8 * * *", "2025-01-04T12:00:00Z"))
        {
            await second.WaitAsync(1);
            Assert.Equal((true, new DateTime(2025, 1, 1, 8, 0, 0)), (second.Seen.Single().IsPastDue, second.Seen.Single().Next));
            await second.DisposeAsync();
        }

        await using var third = await StartAsync("0 0 8 * * *", "2025-01-04T13:00:00Z");
        await third.DisposeAsync();
        Assert.Empty(third.Seen);
    }

    [Fact]
    public async Task Run_CutShortByTheStop_IsPastDueAtTheNextStart()
    {
        await using (var first = await StartAsync("0 0 8 * * *", "2025-01-01T07:59:59.9Z", work: stop => Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => throw new FunctionFailedException("f", "cancelled"), TaskScheduler.Default)))
        {
            await first.WaitAsync(1);
        }

        await using var second = await StartAsync("0 0 8 * * *", "2025-01-01T09:00:00Z");
        await second.WaitAsync(1);
        Assert.True(second.Seen.First().IsPastDue);
    }

    [Fact]
    public async Task Run_ScheduleChangedWhileDown_IsNotPastDue()
    {
        await using (await StartAsync("0 0 8 * * *", "2025-01-01T07:00:00Z"))
        {
        }

        await using var second = await StartAsync("0 0 18 * * *", "2025-01-02T12:00:00Z");
        await second.DisposeAsync();
        Assert.Empty(second.Seen);
    }

    [Fact]
    public async Task Run_FunctionFailsOrWorkerIsLost_TheScheduleGoesOn()
    {
        var turn = 0;
        await using var runs = await StartAsync("0 0 * * * *", "2025-01-01T00:30:00Z", 1_000_000, work: _ => Interlocked.Increment(ref turn) % 2 == 0 ? throw new WorkerLostException("gone") : throw new FunctionFailedException("f", "no"));
        await runs.WaitAsync(6);
    }

    [Fact]
    public async Task Run_LongerThanItsSchedule_NeverOverlaps()
    {
        var (running, most) = (0, 0);
        await using var runs = await StartAsync("0 0 * * * *", "2025-01-01T00:30:00Z", 1_000_000, work: async stop =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Delay(60, stop);
            Interlocked.Decrement(ref running);
        });
        await runs.WaitAsync(4);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Run_RunOnStartup_RunsAtOnceAndIsNotPastDue()
    {
        await using var runs = await StartAsync("1.00:00:00", "2025-01-01T00:00:00Z", runOnStartup: true);
        await runs.WaitAsync(1);
        Assert.False(runs.Seen.First().IsPastDue);
    }

    private async Task<Runs> StartAsync(string schedule, string start, double speed = 1, bool runOnStartup = false, Func<CancellationToken, Task>? work = null)
    {
        var statuses = new TimerStatusStore(_store);
        await statuses.CreateAsync();
        return new Runs(TimerSchedule.Parse(schedule, TimeZoneInfo.Utc), statuses, new CityClock(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture), speed), runOnStartup, work ?? (_ => Task.CompletedTask));
    }

    private sealed record Run(DateTime Now, bool IsPastDue, DateTime Last, DateTime Next);

    private sealed class Runs : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly SemaphoreSlim _ran = new(0);
        private readonly CityClock _clock;
        private readonly Task _loop;

        public Runs(TimerSchedule schedule, TimerStatusStore statuses, CityClock clock, bool runOnStartup, Func<CancellationToken, Task> work)
        {
            _clock = clock;
            _loop = new TimerLoop("F", schedule, runOnStartup, statuses, (info, stop) => TakeAsync(info, work, stop), clock).RunAsync(_stop.Token);
        }

        public ConcurrentQueue<Run> Seen { get; } = new();

        public async Task WaitAsync(int runs)
        {
            for (var run = 0; run < runs; run++)
            {
                Assert.True(await _ran.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _loop;
            _clock.Dispose();
        }

        private async Task TakeAsync(string info, Func<CancellationToken, Task> work, CancellationToken stop)
        {
            var json = JsonDocument.Parse(info).RootElement;
            var status = json.GetProperty("ScheduleStatus");
            Seen.Enqueue(new Run(_clock.GetUtcNow().UtcDateTime, json.GetProperty("IsPastDue").GetBoolean(), status.GetProperty("Last").GetDateTime(), status.GetProperty("Next").GetDateTime()));
            _ran.Release();
            await work(stop);
        }
    }
}
