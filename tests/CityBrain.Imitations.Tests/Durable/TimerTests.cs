using System.Collections.Concurrent;
using CityBrain.Embedded.Durable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Tests.Durable;

public sealed class TimerTests
{
    [Fact]
    public async Task Timers_OnAnAcceleratedClock_FireInOrderOfDueTime()
    {
        var fired = new ConcurrentQueue<int>();
        using var host = new DurableHost(clockSpeed: 20_000, alwaysReplay: true).Orchestrator("Sleeps", async context =>
        {
            var hours = new[] { 9, 3, 27, 1, 12, 6 };
            var start = context.CurrentUtcDateTime;
            var order = new List<int>();
            await Task.WhenAll(hours.Select(async hour =>
            {
                await context.CreateTimer(start.AddHours(hour), CancellationToken.None);
                order.Add(hour);
                Assert.True(context.CurrentUtcDateTime >= start.AddHours(hour));
            }));
            return order;
        }).Start();

        var output = (await host.Run("Sleeps")).ReadOutputAs<int[]>()!;
        Assert.Equal([1, 3, 6, 9, 12, 27], output);
        Assert.Equal(0, host.CountRows("durable_timer"));
    }

    [Fact]
    public async Task Timer_Cancelled_LeavesNoRowAndDoesNotFire()
    {
        using var host = new DurableHost(alwaysReplay: true).Orchestrator("Cancels", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var inSameTurn = context.CreateTimer(TimeSpan.FromDays(1), cancel.Token);
            cancel.Cancel();
            using var later = new CancellationTokenSource();
            var inLaterTurn = context.CreateTimer(TimeSpan.FromDays(2), later.Token);
            await context.CallActivityAsync("One");
            later.Cancel();
            await context.WaitForExternalEvent<int>("go");
            return inSameTurn.IsCanceled && inLaterTurn.IsCanceled;
        }).Activity<object?, int>("One", _ => 1).Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Cancels", DurableHost.Bound);
        await DurableHost.Until(() => host.CountRows("durable_history") == 2);

        Assert.Equal(0, host.CountRows("durable_timer"));
        await host.Client.RaiseEventAsync(id, "go", 0, DurableHost.Bound);
        Assert.True((await host.Completion(id)).ReadOutputAs<bool>());
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(1)]
    public async Task Timers_ManyThousands_AllFireAndFewAreInMemory(int instants)
    {
        using var host = new DurableHost(clockSpeed: 1).Orchestrator("Sleeps", async context =>
        {
            var start = context.CurrentUtcDateTime;
            await Task.WhenAll(Enumerable.Range(0, 20_000).Select(i => context.CreateTimer(start.AddHours(1).AddMilliseconds(i * 7919 % instants), CancellationToken.None)));
            return 1;
        }).Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Sleeps", DurableHost.Bound);

        // The pump learns of timers just after they are committed.
        await DurableHost.Until(() => host.CountRows("durable_timer") == 20_000 && host.Engine.TimerCount > 0);
        Assert.InRange(host.Engine.TimerCount, 1, 16_384);
        host.Platform.Clock.Speed = 10_000;

        Assert.Equal(1, (await host.Completion(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Retries_WithBackoff_WaitTheDeclaredIntervals()
    {
        var times = new ConcurrentQueue<DateTimeOffset>();
        using var host = new DurableHost(clockSpeed: 1000, alwaysReplay: true);
        host.Orchestrator("Retries", context => context.CallActivityAsync<int>("Fails", options: new TaskOptions(new RetryPolicy(5, TimeSpan.FromSeconds(60), 2, TimeSpan.FromSeconds(200)))))
            .Activity<object?, int>("Fails", _ =>
            {
                times.Enqueue(host.Platform.Clock.GetUtcNow());
                return times.Count < 5 ? throw new FormatException() : times.Count;
            })
            .Start();

        Assert.Equal(5, (await host.Run("Retries")).ReadOutputAs<int>());

        var waits = times.Zip(times.Skip(1), (a, b) => (b - a).TotalSeconds).ToArray();
        var least = new double[] { 60, 120, 200, 200 };
        for (var i = 0; i < least.Length; i++)
        {
            Assert.InRange(waits[i], least[i] - 1, least[i] + 3600);
        }
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    [InlineData(3, 240)]
    [InlineData(4, 300)]
    [InlineData(5, null)]
    public void RetryDelay_ByAttempt_GrowsToTheLongest(int attempts, int? seconds)
    {
        var policy = new RetryPolicy(5, TimeSpan.FromSeconds(60), 2, TimeSpan.FromSeconds(300));

        Assert.Equal(seconds, RetryDelay.Next(policy, attempts, TimeSpan.Zero, new TaskFailureDetails("x", "y", null, null, null))?.TotalSeconds);
    }

    [Fact]
    public void RetryDelay_AfterTheTimeout_IsNone()
    {
        var policy = new RetryPolicy(5, TimeSpan.FromSeconds(60), retryTimeout: TimeSpan.FromMinutes(10));

        Assert.NotNull(RetryDelay.Next(policy, 1, TimeSpan.FromMinutes(9), new TaskFailureDetails("x", "y", null, null, null)));
        Assert.Null(RetryDelay.Next(policy, 1, TimeSpan.FromMinutes(10), new TaskFailureDetails("x", "y", null, null, null)));
    }

    [Fact]
    public async Task HandleFailure_False_StopsAtOnce()
    {
        var calls = 0;
        var policy = new RetryPolicy(5, TimeSpan.FromDays(1)) { HandleFailure = failure => failure.IsCausedBy<TimeoutException>() };
        using var host = new DurableHost()
            .Orchestrator("Retries", context => context.CallActivityAsync<int>("Fails", options: new TaskOptions(policy)))
            .Activity<object?, int>("Fails", _ => Interlocked.Increment(ref calls) > 0 ? throw new FormatException() : 0)
            .Start();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.Run("Retries")).RuntimeStatus);
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task RetryHandler_DecidesByAttempt()
    {
        var calls = 0;
        AsyncRetryHandler handler = async retry =>
        {
            await retry.OrchestrationContext.CreateTimer(TimeSpan.FromSeconds(30), CancellationToken.None);
            return retry.LastAttemptNumber < 3 && retry.LastFailure.IsCausedBy<FormatException>();
        };
        using var host = new DurableHost(clockSpeed: 1000, alwaysReplay: true)
            .Orchestrator("Retries", context => context.CallActivityAsync<int>("Fails", options: TaskOptions.FromRetryHandler(handler)))
            .Activity<object?, int>("Fails", _ => Interlocked.Increment(ref calls) > 0 ? throw new FormatException() : 0)
            .Start();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.Run("Retries")).RuntimeStatus);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task StartAt_InTheFuture_StaysPendingUntilThenAndKeepsEvents()
    {
        using var host = new DurableHost(clockSpeed: 1).Orchestrator("Later", context => context.WaitForExternalEvent<int>("e")).Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Later", new StartOrchestrationOptions(null, host.Platform.Clock.GetUtcNow().AddHours(1)), DurableHost.Bound);
        await host.Client.RaiseEventAsync(id, "e", 8, DurableHost.Bound);

        host.Restart();
        await Task.Delay(50, DurableHost.Bound);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await host.Client.GetInstanceAsync(id, DurableHost.Bound))!.RuntimeStatus);
        host.Platform.Clock.Speed = 100_000;

        Assert.Equal(8, (await host.Completion(id)).ReadOutputAs<int>());
    }
}
