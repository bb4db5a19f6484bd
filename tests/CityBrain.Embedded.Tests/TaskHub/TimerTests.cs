using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.Tests.TaskHub;

public sealed class TimerTests
{
    [Fact]
    public async Task Timers_OnAFastClock_FireInOrderOfDueTime()
    {
        await using var host = await HubHost.StartAsync(
            functions => functions.Orchestrator<int, Fired[]>("Waits", async (context, _) =>
            {
                var fired = new List<Fired>();
                async Task Wait(int hours)
                {
                    await context.CreateTimer(TimeSpan.FromHours(hours), CancellationToken.None);
                    fired.Add(new Fired(hours, context.CurrentUtcDateTime));
                }

                fired.Add(new Fired(0, context.CurrentUtcDateTime));
                await Task.WhenAll(Wait(30), Wait(10), Wait(20));
                return [.. fired];
            }),
            clockSpeed: 1_000_000);

        var fired = (await host.Run("Waits")).ReadOutputAs<Fired[]>()!;

        Assert.Equal([0, 10, 20, 30], fired.Select(one => one.Hours));
        Assert.All(fired, one => Assert.True(one.At - fired[0].At >= TimeSpan.FromHours(one.Hours)));
    }

    [Fact]
    public async Task Timer_CancelledByItsOrchestrator_LeavesNoRowAtTheEnd()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register);

        await host.Run("Timers");

        Assert.Equal(0, host.CountRows("hub_timer"));
    }

    [Fact]
    public async Task Timer_OfAnEarlierExecution_DoesNotFireThatOfTheNextOne()
    {
        await using var host = await HubHost.StartAsync(
            functions => functions.Orchestrator<DateTime, double>("Twice", async (context, started) =>
            {
                if (started != default)
                {
                    // It has the same id as the timer that the first execution gave up.
                    await context.CreateTimer(TimeSpan.FromHours(10), CancellationToken.None);
                    return (context.CurrentUtcDateTime - started).TotalHours;
                }

                using var cancel = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromHours(1), cancel.Token);
                await Task.WhenAny(timer, context.WaitForExternalEvent<int>("go"));
                cancel.Cancel();
                context.ContinueAsNew(context.CurrentUtcDateTime);
                return 0;
            }));
        var id = await host.Schedule("Twice", default(DateTime));
        await host.UntilIdle();
        await host.Client.RaiseEventAsync(id, "go", 1, host.Bound);
        await host.UntilIdle();

        host.Clock.Speed = 500_000;

        Assert.True((await host.Completion(id)).ReadOutputAs<double>() >= 10);
    }

    [Fact]
    public async Task Timer_MadeAndCancelledInTheLastTurnOfAnExecution_LeavesNoRow()
    {
        await using var host = await HubHost.StartAsync(functions => functions.Orchestrator<int, int>("Twice", async (context, generation) =>
        {
            using var cancel = new CancellationTokenSource();
            _ = context.CreateTimer(TimeSpan.FromDays(1), cancel.Token).IsCompleted;
            cancel.Cancel();
            if (generation == 0)
                context.ContinueAsNew(1);
            else
                await context.WaitForExternalEvent<int>("never");
            return generation;
        }));

        await host.Schedule("Twice", 0);
        await host.UntilIdle();

        Assert.Equal(1, host.CountRows("hub_timer"));
    }

    [Fact]
    public async Task Timers_ManyThousands_AllFireAndFewAreInMemory()
    {
        await using var host = await HubHost.StartAsync(functions => functions.Orchestrator<int, int>("Waits", async (context, n) =>
        {
            await Task.WhenAll(Enumerable.Range(1, n).Select(i => context.CreateTimer(TimeSpan.FromHours(1 + i % 7), CancellationToken.None)));
            return n;
        }));
        var ids = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => host.Schedule("Waits", 250)));
        await Task.WhenAll(ids.Select(id => host.Client.WaitForInstanceStartAsync(id, host.Bound)));
        Assert.Equal(25_000, host.CountRows("hub_timer"));
        Assert.InRange(host.Hub.TimerCount, 1, 16_384);

        host.Clock.Speed = 100_000;

        Assert.All(await Task.WhenAll(ids.Select(host.Completion)), ended => Assert.Equal(250, ended.ReadOutputAs<int>()));
        Assert.Equal(0, host.CountRows("hub_timer"));
    }

    [Fact]
    public async Task StartAt_InTheFuture_StaysPendingUntilThenAndKeepsEvents()
    {
        await using var host = await HubHost.StartAsync(functions => functions.Orchestrator<int, int>("Takes", (context, _) => context.WaitForExternalEvent<int>("e")));
        var options = new StartOrchestrationOptions("later", host.Clock.GetUtcNow().AddHours(3));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Takes", null, options, host.Bound);
        await host.Client.RaiseEventAsync("later", "e", 5, host.Bound);
        host.Restart();
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await host.Get("later")).RuntimeStatus);
        Assert.Equal(options.StartAt!.Value.UtcTicks, host.Hub.NextTimerDue!.Value.UtcTicks, 1.0);

        host.Clock.Speed = 1_000_000;

        Assert.Equal(5, (await host.Completion("later")).ReadOutputAs<int>());
        Assert.Equal(0, host.Worker.Turns - 1);
    }

    [Fact]
    public async Task StartAt_TerminatedBefore_NeverRuns()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Sequence", 1, new StartOrchestrationOptions("later", DateTimeOffset.UtcNow.AddDays(1)), host.Bound);

        await host.Client.TerminateInstanceAsync("later", "no need", host.Bound);
        var ended = await host.Completion("later");

        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "no need"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
        Assert.Equal((0, 0), (host.Worker.Turns, host.CountRows("hub_timer")));
    }

    [Fact]
    public async Task IsIdle_WithOneTimer_IsTrueAndTellsWhenItIsDue()
    {
        var running = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        await using var host = await HubHost.StartAsync(functions =>
        {
            functions.Activity<int, int>("Blocks", async i =>
            {
                running.SetResult();
                await gate.Task;
                return i;
            });
            functions.Orchestrator<int, int>("Waits", async (context, _) =>
            {
                await context.CallActivityAsync<int>("Blocks", 1);
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return 0;
            });
        });
        Assert.True(host.Hub.IsIdle);
        Assert.Null(host.Hub.NextTimerDue);
        var before = host.Clock.GetUtcNow();
        await host.Schedule("Waits");
        await running.Task.WaitAsync(host.Bound);
        Assert.False(host.Hub.IsIdle);

        gate.SetResult();
        await host.UntilIdle();

        Assert.InRange(host.Hub.NextTimerDue!.Value, before.AddHours(1), host.Clock.GetUtcNow().AddHours(1));
    }

    private sealed record Fired(int Hours, DateTime At);
}
