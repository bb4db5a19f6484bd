using System.Collections.Concurrent;
using CityBrain.Embedded.Functions.Hosting;
using CityBrain.Embedded.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Embedded.Tests.Functions;

public sealed class TimerFunctionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _folder = FunctionsTestHost.NewFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_AcceleratedClock_FollowsTheScheduleInCityTimeWithoutABusyLoop()
    {
        var log = new RunLog();
        await using var host = await StartAsync<EveryHour>(log, "--Embedded:ClockSpeed=1000000", "--Embedded:ClockStart=2025-01-01T00:30:00Z");
        var real = System.Diagnostics.Stopwatch.StartNew();
        await log.WaitAsync(runs: 8);
        Assert.True(real.Elapsed > TimeSpan.FromMilliseconds(300), $"8 runs took only {real.Elapsed}");
        var runs = log.Runs.ToArray();
        Assert.All(runs, run => Assert.True(run.Now >= run.Info.ScheduleStatus!.Next));
        Assert.All(runs, run => Assert.False(run.Info.IsPastDue));
        Assert.All(runs, run => Assert.Equal(TimeSpan.Zero, new TimeSpan(run.Info.ScheduleStatus!.Next.Ticks % TimeSpan.TicksPerHour)));
        Assert.Equal(default, runs[0].Info.ScheduleStatus!.Last);
        Assert.True(runs[1].Info.ScheduleStatus!.Last >= new DateTime(2025, 1, 1, 1, 0, 0));
    }

    [Fact]
    public async Task Run_OccurrenceMissedWhileDown_RunsOnceAtStartAndIsPastDue()
    {
        var first = new RunLog();
        await using (await StartAsync<Daily>(first, "--Embedded:ClockStart=2025-01-01T07:00:00Z"))
        {
            Assert.Empty(first.Runs);
        }

        var second = new RunLog();
        await using (await StartAsync<Daily>(second, "--Embedded:ClockStart=2025-01-04T12:00:00Z"))
        {
            await second.WaitAsync(runs: 1);
        }

        var run = Assert.Single(second.Runs);
        Assert.True(run.Info.IsPastDue);
        Assert.Equal(new DateTime(2025, 1, 1, 8, 0, 0), run.Info.ScheduleStatus!.Next);

        var third = new RunLog();
        await using (await StartAsync<Daily>(third, "--Embedded:ClockStart=2025-01-04T13:00:00Z"))
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        Assert.Empty(third.Runs);
    }

    [Fact]
    public async Task Run_CutShortByTheStopOfTheHost_IsPastDueAtTheNextStart()
    {
        var first = new RunLog { Hold = true };
        await using (await StartAsync<Daily>(first, "--Embedded:ClockStart=2025-01-01T07:59:59.5Z"))
        {
            await first.WaitAsync(runs: 1);
        }

        Assert.True(first.Cancelled);
        var second = new RunLog();
        await using (await StartAsync<Daily>(second, "--Embedded:ClockStart=2025-01-01T09:00:00Z"))
        {
            await second.WaitAsync(runs: 1);
        }

        Assert.True(second.Runs.First().Info.IsPastDue);
    }

    [Fact]
    public async Task Run_ScheduleChangedWhileDown_IsNotPastDue()
    {
        await using (await StartAsync<Daily>(new RunLog(), "--Embedded:ClockStart=2025-01-01T07:00:00Z"))
        {
        }

        var log = new RunLog();
        await using (await StartAsync<Daily>(log, "--Embedded:ClockStart=2025-01-02T12:00:00Z", "--DailySchedule=0 0 18 * * *"))
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        Assert.Empty(log.Runs);
    }

    [Fact]
    public async Task Run_LongerThanItsSchedule_NeverOverlaps()
    {
        var log = new RunLog { Duration = TimeSpan.FromMilliseconds(120) };
        await using var host = await StartAsync<EveryHour>(log, "--Embedded:ClockSpeed=1000000");
        await log.WaitAsync(runs: 5);
        Assert.Equal(1, log.MostAtOnce);
    }

    [Fact]
    public async Task Run_FunctionThrows_TheScheduleGoesOn()
    {
        var log = new RunLog { Throw = true };
        await using var host = await StartAsync<EveryHour>(log, "--Embedded:ClockSpeed=1000000");
        await log.WaitAsync(runs: 3);
    }

    [Fact]
    public async Task Run_RunOnStartup_RunsAtOnceAndIsNotPastDue()
    {
        var log = new RunLog();
        await using var host = await StartAsync<AtStart>(log);
        await log.WaitAsync(runs: 1);
        Assert.False(log.Runs.First().Info.IsPastDue);
        Assert.Null(log.Runs.First().Info.ScheduleStatus); // not monitored
    }

    [Fact]
    public async Task Start_WrongSchedule_SaysWhichFunctionAndWhy()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync<Daily>(new RunLog(), "--DailySchedule=0 99 * * * *"));
        Assert.Contains("Daily", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'99'", failure.Message, StringComparison.Ordinal);
    }

    private Task<FunctionsTestHost> StartAsync<T>(RunLog log, params string[] args) =>
        FunctionsTestHost.StartAsync([typeof(T)], builder => builder.Services.AddSingleton(log), _folder, ["--DailySchedule=0 0 8 * * *", .. args]);

    public sealed class RunLog
    {
        private int _running;
        private int _mostAtOnce;

        public ConcurrentQueue<(TimerInfo Info, DateTime Now)> Runs { get; } = [];

        public TimeSpan Duration { get; init; }

        public bool Hold { get; init; }

        public bool Throw { get; init; }

        public bool Cancelled { get; private set; }

        public int MostAtOnce => _mostAtOnce;

        public async Task RunAsync(TimerInfo info, TimeProvider clock, CancellationToken cancellationToken)
        {
            var running = Interlocked.Increment(ref _running);
            _mostAtOnce = Math.Max(_mostAtOnce, running);
            Runs.Enqueue((info, clock.GetUtcNow().UtcDateTime));
            try
            {
                await Task.Delay(Hold ? Timeout.InfiniteTimeSpan : Duration, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                Cancelled = true;
                throw;
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }

            if (Throw)
            {
                throw new InvalidOperationException("the run fails");
            }
        }

        public async Task WaitAsync(int runs)
        {
            using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            bound.CancelAfter(Patience);
            while (Runs.Count < runs)
            {
                await Task.Delay(10, bound.Token);
            }
        }
    }

    public sealed class EveryHour(RunLog log, TimeProvider clock)
    {
        [Function(nameof(EveryHour))]
        public Task RunAsync([TimerTrigger("0 0 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => log.RunAsync(timer, clock, cancellationToken);
    }

    public sealed class Daily(RunLog log, TimeProvider clock)
    {
        [Function(nameof(Daily))]
        public Task RunAsync([TimerTrigger("%DailySchedule%")] TimerInfo timer, CancellationToken cancellationToken) => log.RunAsync(timer, clock, cancellationToken);
    }

    public sealed class AtStart(RunLog log, EmbeddedPlatform platform)
    {
        [Function(nameof(AtStart))]
        public Task RunAsync([TimerTrigger("1.00:00:00", RunOnStartup = true, UseMonitor = false)] TimerInfo timer, CancellationToken cancellationToken) =>
            log.RunAsync(timer, platform.Clock, cancellationToken);
    }
}
