using System.Collections.Concurrent;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.Tests.TaskHub;

/// <summary>The hub ends in the middle, without being told, and another one goes on with what is on disk.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task Activities_UnderWay_RunAgainAfterACrash()
    {
        var runs = new ConcurrentDictionary<int, int>();
        var running = new CountdownEvent(20);
        var gate = new TaskCompletionSource();
        await using var host = await HubHost.StartAsync(functions =>
        {
            functions.Orchestrator<int, int>("Fan", async (context, _) =>
                (await Task.WhenAll(Enumerable.Range(0, 20).Select(i => context.CallActivityAsync<int>("Slow", i)))).Sum());
            functions.Activity<int, int>("Slow", async i =>
            {
                runs.AddOrUpdate(i, 1, (_, n) => n + 1);
                if (!running.IsSet)
                    running.Signal();
                if (i >= 10)
                    await gate.Task;
                return i;
            });
        });
        var id = await host.Schedule("Fan");
        running.Wait(host.Bound);
        await host.Waiting("hub_task", 10);

        host.Crash();
        gate.SetResult();

        Assert.Equal(190, (await host.Completion(id)).ReadOutputAs<int>());
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(1, runs[i]));
        Assert.All(Enumerable.Range(10, 10), i => Assert.Equal(2, runs[i]));
    }

    [Fact]
    public async Task Everything_ThatWaits_SurvivesCrashes()
    {
        await using var host = await HubHost.StartAsync(functions =>
        {
            functions.Orchestrator<int, int>("Child", (context, _) => context.WaitForExternalEvent<int>("child"));
            functions.Orchestrator<int, int[]>("Parent", async (context, _) =>
            {
                var timer = context.CreateTimer(TimeSpan.FromHours(5), CancellationToken.None);
                var child = context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: "child"));
                var raised = context.WaitForExternalEvent<int>("parent");
                await Task.WhenAll(timer, child, raised);
                return [child.Result, raised.Result];
            });
        });
        await host.Schedule("Parent", id: "p");
        await host.State("child", state => state.OrchestrationStatus == P.OrchestrationStatus.Running);

        host.Crash();
        await host.Client.RaiseEventAsync("child", "child", 1, host.Bound);
        await host.Completion("child");
        host.Crash();
        await host.Client.RaiseEventAsync("p", "parent", 2, host.Bound);
        host.Crash();
        await host.UntilIdle();
        Assert.False((await host.Get("p")).IsCompleted);
        host.Clock.Speed = 100_000;
        var ended = await host.Completion("p");

        Assert.Equal([1, 2], ended.ReadOutputAs<int[]>()!);
    }

    [Fact]
    public async Task StartsAndEvents_ThatNobodyTook_AreTakenAfterACrash()
    {
        await using var host = await HubHost.CreateAsync(functions => functions.Orchestrator<int, int>("Waits", (context, _) => context.WaitForExternalEvent<int>("e")));
        var id = await host.Schedule("Waits");
        await host.Client.RaiseEventAsync(id, "e", 4, host.Bound);

        host.Crash();

        Assert.Equal(4, (await host.Completion(id)).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Crashes_UnderLoad_LoseNothingAndTakeNothingTwice(bool withExtendedSessions)
    {
        await using var host = await HubHost.StartAsync(RegisterSums, new() { ExtendedSessionsEnabled = withExtendedSessions });
        var ids = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => host.Schedule("Sum", 10)));

        for (var crash = 1; crash <= 5; crash++)
        {
            await host.Turns(crash * 150);
            host.Crash();
        }

        var ended = await Task.WhenAll(ids.Select(host.Completion));
        Assert.All(ended, one => Assert.Equal("20", one.SerializedOutput));
        await host.UntilIdle();
        Assert.All(["hub_task", "hub_inbox", "hub_timer"], table => Assert.Equal(0, host.CountRows(table)));
        var history = await host.Client.GetOrchestrationHistoryAsync(ids[0], host.Bound);
        Assert.Equal(10, history.OfType<TaskCompletedEvent>().Select(e => e.TaskScheduledId).Order().Distinct().Count());
        Assert.Equal(20, history.Count(e => e is TaskCompletedEvent or SubOrchestrationInstanceCompletedEvent));
    }

    [Fact]
    public async Task Restarts_WithoutStopping_LoseNothing()
    {
        await using var host = await HubHost.StartAsync(RegisterSums);
        var ids = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => host.Schedule("Sum", 10)));

        for (var restart = 1; restart <= 5; restart++)
        {
            await host.Turns(restart * 150);
            host.Restart();
        }

        Assert.All(await Task.WhenAll(ids.Select(host.Completion)), one => Assert.Equal("20", one.SerializedOutput));
    }

    [Fact]
    public async Task Stop_WithActivitiesThatRun_KeepsTheirResults()
    {
        var runs = 0;
        var running = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        await using var host = await HubHost.StartAsync(functions =>
        {
            functions.Orchestrator<int, int>("Two", async (context, _) => await context.CallActivityAsync<int>("Slow", 0) + await context.CallActivityAsync<int>("Slow", 0));
            functions.Activity<int, int>("Slow", async _ =>
            {
                running.TrySetResult();
                await gate.Task;
                return Interlocked.Increment(ref runs);
            });
        });
        var id = await host.Schedule("Two");
        await running.Task.WaitAsync(host.Bound);

        var stopped = host.Hub.StopAsync(host.Bound);
        gate.SetResult();
        await stopped;
        Assert.Equal(1, runs);
        host.Restart();

        Assert.Equal(3, (await host.Completion(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Stop_AtItsLimit_LeavesTheActivityToTheNextStart()
    {
        var runs = 0;
        var running = new TaskCompletionSource();
        await using var host = await HubHost.StartAsync(functions =>
        {
            functions.Orchestrator<int, int>("One", (context, _) => context.CallActivityAsync<int>("Hangs", 0));
            functions.Activity<int, int>("Hangs", async _ =>
            {
                var run = Interlocked.Increment(ref runs);
                running.TrySetResult();
                return run > 1 ? run : await new TaskCompletionSource<int>().Task;
            });
        });
        var id = await host.Schedule("One");
        await running.Task.WaitAsync(host.Bound);

        await host.Hub.StopAsync(new CancellationToken(canceled: true));
        host.Restart();

        Assert.Equal(2, (await host.Completion(id)).ReadOutputAs<int>());
    }

    private static void RegisterSums(IFunctions functions)
    {
        functions.Activity<int, int>("AddOne", i => Task.FromResult(i + 1));
        functions.Orchestrator<int, int>("One", (_, one) => Task.FromResult(one));
        functions.Orchestrator<int, int>("Sum", async (context, n) =>
        {
            var sum = 0;
            for (var i = 0; i < n; i++)
            {
                sum = await context.CallActivityAsync<int>("AddOne", sum) + await context.CallSubOrchestratorAsync<int>("One", 1);
            }

            return sum;
        });
    }
}
