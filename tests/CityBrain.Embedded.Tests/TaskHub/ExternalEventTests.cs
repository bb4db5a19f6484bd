using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.Tests.TaskHub;

public sealed class ExternalEventTests
{
    [Fact]
    public async Task Events_RaisedBeforeTheyAreAwaited_ComeInOrderByName()
    {
        await using var host = await HubHost.CreateAsync(functions => functions.Orchestrator<int, int[]>("Takes", async (context, _) =>
        {
            var (first, second) = (await context.WaitForExternalEvent<int>("a"), await context.WaitForExternalEvent<int>("b"));
            return new[] { first, second, await context.WaitForExternalEvent<int>("A") };
        }));
        var id = await host.Schedule("Takes");
        await host.Client.RaiseEventAsync(id, "b", 1, host.Bound);
        await host.Client.RaiseEventAsync(id, "a", 2, host.Bound);
        await host.Client.RaiseEventAsync(id, "a", 3, host.Bound);

        host.Hub.Start();
        var ended = await host.Completion(id);

        Assert.Equal([2, 1, 3], ended.ReadOutputAs<int[]>()!);
    }

    [Fact]
    public async Task Events_RaisedOneByOneWhileAwaited_AllArriveInOrder()
    {
        await using var host = await HubHost.StartAsync(functions => functions.Orchestrator<int, int[]>("Takes", async (context, n) =>
        {
            var taken = new int[n];
            for (var i = 0; i < n; i++)
            {
                taken[i] = await context.WaitForExternalEvent<int>("e");
            }

            return taken;
        }));
        var id = await host.Schedule("Takes", 50);
        for (var i = 0; i < 50; i++)
        {
            await host.Client.RaiseEventAsync(id, "e", i, host.Bound);
        }

        Assert.Equal(Enumerable.Range(0, 50), (await host.Completion(id)).ReadOutputAs<int[]>()!);
        Assert.Equal(0, host.CountRows("hub_inbox"));
    }

    [Fact]
    public async Task Wait_TimedOut_ThrowsAndTheEventIsKeptForTheNextWait()
    {
        await using var host = await HubHost.StartAsync(
            functions => functions.Orchestrator<int, string>("TimesOut", async (context, _) =>
            {
                try
                {
                    await context.WaitForExternalEvent<int>("e", TimeSpan.FromHours(1));
                    return "came";
                }
                catch (TaskCanceledException)
                {
                    await context.CallSubOrchestratorAsync<int>("Raises", context.InstanceId);
                    return $"late {await context.WaitForExternalEvent<int>("e")}";
                }
            }),
            clockSpeed: 100_000);
        host.Worker.Orchestrator<string, int>("Raises", (context, id) =>
        {
            context.SendEvent(id, "e", 7);
            return Task.FromResult(0);
        });

        Assert.Equal("late 7", (await host.Run("TimesOut")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task ContinueAsNew_WithEventsNotTaken_CarriesThemInOrder()
    {
        await using var host = await HubHost.CreateAsync(RegisterLoop);
        var id = await host.Schedule("Loop", 0);
        for (var i = 1; i <= 20; i++)
        {
            await host.Client.RaiseEventAsync(id, "add", i, host.Bound);
        }

        host.Hub.Start();
        await host.Client.RaiseEventAsync(id, "add", -1, host.Bound);

        Assert.Equal(210, (await host.Completion(id)).ReadOutputAs<int>());
        var history = await host.Client.GetOrchestrationHistoryAsync(id, host.Bound);
        Assert.InRange(history.Count, 4, 8);
    }

    [Fact]
    public async Task ContinueAsNew_WithoutPreserving_DropsEvents()
    {
        await using var host = await HubHost.CreateAsync(functions => functions.Orchestrator<int, string>("Once", async (context, generation) =>
        {
            if (generation == 1)
                return await context.WaitForExternalEvent<string>("e");
            await context.WaitForExternalEvent<string>("first");
            context.ContinueAsNew(1, preserveUnprocessedEvents: false);
            return "unused";
        }));
        var id = await host.Schedule("Once", 0);
        await host.Client.RaiseEventAsync(id, "e", "old", host.Bound);
        await host.Client.RaiseEventAsync(id, "first", "x", host.Bound);
        host.Hub.Start();
        await host.State(id, state => state.Input == "1");

        await host.Client.RaiseEventAsync(id, "e", "new", host.Bound);

        Assert.Equal("new", (await host.Completion(id)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_ThatArriveWhileTheLastTurnRuns_ReachTheNextExecution(bool withExtendedSessions)
    {
        await using var host = await HubHost.CreateAsync(RegisterLoop, new() { ExtendedSessionsEnabled = withExtendedSessions });
        var raised = 0;
        host.Worker.AfterTurn = response =>
        {
            // The turn that continues as new has been run and is not written yet.
            if (response.Actions.Any(action => action.CompleteOrchestration?.OrchestrationStatus == P.OrchestrationStatus.ContinuedAsNew) && ++raised <= 10)
                host.Hub.Messages.RaiseAsync("loop", "add", raised == 10 ? "-1" : "1").GetAwaiter().GetResult();
        };
        await host.Schedule("Loop", 0, "loop");
        host.Hub.Start();
        await host.Client.RaiseEventAsync("loop", "add", 1, host.Bound);

        Assert.Equal(10, (await host.Completion("loop")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task ContinueAsNew_AThousandTimes_KeepsABoundedHistoryAndItsCustomStatus()
    {
        await using var host = await HubHost.StartAsync(functions => functions.Orchestrator<int, int>("Generations", (context, n) =>
        {
            if (n == 1000)
                context.SetCustomStatus("started");
            if (n > 0)
                context.ContinueAsNew(n - 1);
            return Task.FromResult(n);
        }));

        var ended = await host.Run("Generations", 1000);

        Assert.Equal("started", ended.ReadCustomStatusAs<string>());
        Assert.Equal(1, host.CountRows("hub_history"));
    }

    private static void RegisterLoop(IFunctions functions) => functions.Orchestrator<int, int>("Loop", async (context, sum) =>
    {
        var added = await context.WaitForExternalEvent<int>("add");
        if (added >= 0)
            context.ContinueAsNew(sum + added);
        return sum;
    });
}
