using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Tests.Durable;

public sealed class ExternalEventTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_RaisedBeforeTheyAreAwaited_ComeInOrderByName(bool alwaysReplay)
    {
        using var host = new DurableHost(alwaysReplay: alwaysReplay).Orchestrator("Takes", async context =>
        {
            await context.WaitForExternalEvent<string>("Open");
            return new[]
            {
                await context.WaitForExternalEvent<int>("a"), await context.WaitForExternalEvent<int>("b"),
                await context.WaitForExternalEvent<int>("A"), await context.WaitForExternalEvent<int>("a"),
            };
        }).Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Takes", DurableHost.Bound);

        await host.Client.RaiseEventAsync(id, "A", 1, DurableHost.Bound);
        await host.Client.RaiseEventAsync(id, "a", 2, DurableHost.Bound);
        await host.Client.RaiseEventAsync(id, "B", 9, DurableHost.Bound);
        await host.Client.RaiseEventAsync(id, "a", 3, DurableHost.Bound);
        await host.Client.RaiseEventAsync(id, "open", "go", DurableHost.Bound);

        var output = (await host.Completion(id)).ReadOutputAs<int[]>()!;
        Assert.Equal([1, 9, 2, 3], output);
    }

    [Fact]
    public async Task Event_AwaitedTwiceAtOnce_GoesToTheLatestWait()
    {
        using var host = new DurableHost(alwaysReplay: true).Orchestrator("Waits", async context =>
        {
            var first = context.WaitForExternalEvent<int>("e");
            var second = context.WaitForExternalEvent<int>("e");
            var winner = await Task.WhenAny(first, second);
            return winner == second ? 2 : 1;
        }).Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", DurableHost.Bound);

        await host.Client.RaiseEventAsync(id, "e", 7, DurableHost.Bound);

        Assert.Equal(2, (await host.Completion(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Wait_TimedOut_ThrowsAndTheEventIsKeptForTheNextWait()
    {
        using var host = new DurableHost(clockSpeed: 1000, alwaysReplay: true).Orchestrator("Waits", async context =>
        {
            try
            {
                await context.WaitForExternalEvent<int>("e", TimeSpan.FromSeconds(10));
                return -1;
            }
            catch (TaskCanceledException)
            {
                context.SetCustomStatus("timed out");
                return await context.WaitForExternalEvent<int>("e", TimeSpan.FromDays(1));
            }
        }).Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", DurableHost.Bound);
        await DurableHost.Until(() => host.Client.GetInstanceAsync(id, true, DurableHost.Bound).Result!.SerializedCustomStatus is not null);

        await host.Client.RaiseEventAsync(id, "e", 5, DurableHost.Bound);

        Assert.Equal(5, (await host.Completion(id)).ReadOutputAs<int>());
        Assert.Equal(0, host.CountRows("durable_timer"));
    }

    [Fact]
    public async Task Event_ToAnotherInstance_ArrivesAndToNobodyIsDropped()
    {
        using var host = new DurableHost(alwaysReplay: true)
            .Orchestrator("Sends", context =>
            {
                context.SendEvent("nobody", "hello", 1);
                context.SendEvent(context.GetInput<string>()!, "hello", 42);
                return Task.FromResult(0);
            })
            .Orchestrator("Receives", context => context.WaitForExternalEvent<int>("Hello"))
            .Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Receives", DurableHost.Bound);

        await host.Run("Sends", id);

        Assert.Equal(42, (await host.Completion(id)).ReadOutputAs<int>());
        await host.Client.RaiseEventAsync(id, "late", 1, DurableHost.Bound);
        Assert.Equal(0, host.CountRows("durable_inbox"));
    }

    [Fact]
    public async Task ContinueAsNew_AThousandTimes_KeepsEventsAndABoundedHistory()
    {
        using var host = new DurableHost().Orchestrator("Counts", async context =>
        {
            var state = context.GetInput<int[]>()!;
            if (state[0] == 1000)
                return state;
            var raised = await context.WaitForExternalEvent<int>("n");
            Assert.Equal(state[0], raised);
            context.ContinueAsNew(new[] { state[0] + 1, state[1] + raised });
            return [];
        }).Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Counts", new[] { 0, 0 }, DurableHost.Bound);

        var bound = DurableHost.Bound;
        for (var batch = 0; batch < 1000; batch += 100)
        {
            for (var i = batch; i < batch + 100; i++)
            {
                await host.Client.RaiseEventAsync(id, "n", i, bound);
            }
        }

        var ended = await host.Completion(id);
        Assert.Equal([1000, 499500], ended.ReadOutputAs<int[]>()!);
        Assert.InRange(host.CountRows("durable_history"), 1, 2);
        Assert.Equal(0, host.CountRows("durable_inbox"));
    }

    [Fact]
    public async Task ContinueAsNew_WithoutPreserving_DropsEvents()
    {
        using var host = new DurableHost(clockSpeed: 1000).Orchestrator("Drops", async context =>
        {
            if (context.GetInput<int>() == 1)
            {
                await context.CreateTimer(TimeSpan.FromSeconds(60), CancellationToken.None);
                var wait = context.WaitForExternalEvent<int>("other", TimeSpan.FromSeconds(1));
                return await Task.WhenAny(wait) == wait && wait.IsCanceled ? "dropped" : "kept";
            }

            await context.WaitForExternalEvent<int>("go");
            context.ContinueAsNew(1, preserveUnprocessedEvents: false);
            return "";
        }).Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Drops", DurableHost.Bound);

        await host.Client.RaiseEventAsync(id, "other", 1, DurableHost.Bound);
        await host.Client.RaiseEventAsync(id, "go", 1, DurableHost.Bound);

        Assert.Equal("dropped", (await host.Completion(id)).ReadOutputAs<string>());
    }
}
