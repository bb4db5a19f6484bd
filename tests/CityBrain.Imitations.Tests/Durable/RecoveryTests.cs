using System.Collections.Concurrent;
using CityBrain.Embedded.Durable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Tests.Durable;

/// <summary>The platform is closed in the middle and opened again on the same file.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task Activities_UnderWay_RunAgainAfterARestart()
    {
        var runs = new ConcurrentDictionary<int, int>();
        var gate = new TaskCompletionSource();
        using var host = new DurableHost()
            .Orchestrator("Fan", async context => (await Task.WhenAll(Enumerable.Range(0, 20).Select(i => context.CallActivityAsync<int>("Slow", i)))).Sum())
            .Activity<int, int>("Slow", async i =>
            {
                runs.AddOrUpdate(i, 1, (_, n) => n + 1);
                if (i >= 10)
                    await gate.Task.WaitAsync(DurableHost.Bound);
                return i;
            })
            .Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Fan", DurableHost.Bound);
        await DurableHost.Until(() => host.CountRows("durable_task") == 10);

        host.Restart();
        gate.SetResult();

        Assert.Equal(190, (await host.Completion(id)).ReadOutputAs<int>());
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(1, runs[i]));
        Assert.All(Enumerable.Range(10, 10), i => Assert.Equal(2, runs[i]));
    }

    [Fact]
    public async Task Everything_ThatWaits_SurvivesARestart()
    {
        using var host = new DurableHost(clockSpeed: 1)
            .Orchestrator("Child", context => context.WaitForExternalEvent<int>("child"))
            .Orchestrator("Parent", async context =>
            {
                var timer = context.CreateTimer(TimeSpan.FromHours(5), CancellationToken.None);
                var child = context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: "child"));
                var raised = context.WaitForExternalEvent<int>("parent");
                await Task.WhenAll(timer, child, raised);
                return new[] { await child, await raised };
            })
            .Start();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("p"), DurableHost.Bound);
        await host.Client.WaitForInstanceStartAsync("p", DurableHost.Bound);
        await DurableHost.Until(() => host.CountRows("durable_history") == 2);

        host.Restart();
        await host.Client.RaiseEventAsync("child", "child", 1, DurableHost.Bound);
        await host.Completion("child");
        host.Restart();
        await host.Client.RaiseEventAsync("p", "parent", 2, DurableHost.Bound);
        host.Restart();
        Assert.False((await host.Client.GetInstanceAsync("p", DurableHost.Bound))!.IsCompleted);
        host.Platform.Clock.Speed = 100_000;

        var output = (await host.Completion("p")).ReadOutputAs<int[]>()!;
        Assert.Equal([1, 2], output);
    }

    [Fact]
    public async Task Starts_AndEventsThatNobodyTook_AreTakenAfterARestart()
    {
        using var host = new DurableHost().Orchestrator("Waits", context => context.WaitForExternalEvent<int>("e"));
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", DurableHost.Bound);
        await host.Client.RaiseEventAsync(id, "e", 4, DurableHost.Bound);

        host.Restart();

        Assert.Equal(4, (await host.Completion(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Restarts_UnderLoad_LoseNothing()
    {
        using var host = new DurableHost()
            .Orchestrator("Sum", async context =>
            {
                var sum = 0;
                for (var i = 0; i < 20; i++)
                {
                    sum = await context.CallActivityAsync<int>("Add", sum);
                }

                return sum;
            })
            .Activity<int, int>("Add", i => i + 1)
            .Start();
        var ids = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => host.Client.ScheduleNewOrchestrationInstanceAsync("Sum", DurableHost.Bound)));

        for (var i = 0; i < 5; i++)
        {
            await Task.Delay(20, DurableHost.Bound);
            host.Restart();
        }

        var ended = await Task.WhenAll(ids.Select(host.Completion));
        Assert.All(ended, one => Assert.Equal(20, one.ReadOutputAs<int>()));
        Assert.Equal(0, host.CountRows("durable_task"));
    }

    [Fact]
    public async Task Stop_WithActivitiesThatRun_KeepsTheirResults()
    {
        var runs = 0;
        var running = new TaskCompletionSource();
        using var host = new DurableHost()
            .Orchestrator("Two", async context => await context.CallActivityAsync<int>("Slow") + await context.CallActivityAsync<int>("Slow"))
            .Activity<object?, int>("Slow", async _ =>
            {
                running.TrySetResult();
                await Task.Delay(100, DurableHost.Bound);
                return Interlocked.Increment(ref runs);
            })
            .Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Two", DurableHost.Bound);
        await running.Task.WaitAsync(DurableHost.Bound);

        await host.Engine.StopAsync(DurableHost.Bound);
        Assert.Equal(1, runs);
        host.Restart();

        Assert.Equal(3, (await host.Completion(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Orchestrators_ThatLeftTheCache_AreReplayed()
    {
        using var host = new DurableHost(options: new DurableEngineOptions { HotInstances = 8 })
            .Orchestrator("Waits", async context => await context.CallActivityAsync<int>("Id", 1) + await context.WaitForExternalEvent<int>("e"))
            .Activity<int, int>("Id", i => i)
            .Start();
        var ids = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", DurableHost.Bound)));
        await DurableHost.Until(() => host.CountRows("durable_history") == 1000);

        await Task.WhenAll(ids.Select(id => host.Client.RaiseEventAsync(id, "e", 1, DurableHost.Bound)));

        Assert.All(await Task.WhenAll(ids.Select(host.Completion)), one => Assert.Equal(2, one.ReadOutputAs<int>()));
        await DurableHost.Until(() => host.Engine.SessionCount < 100);
    }
}
