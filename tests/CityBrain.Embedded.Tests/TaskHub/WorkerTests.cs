using System.Collections.Concurrent;
using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.TaskHub;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.Tests.TaskHub;

/// <summary>What the hub does with a worker that goes away, fails, forgets or is slow.</summary>
public sealed class WorkerTests
{
    private static readonly TaskHubOptions QuickRetries = new() { FirstRetryPause = TimeSpan.FromMilliseconds(1), LongestRetryPause = TimeSpan.FromMilliseconds(4) };

    [Fact]
    public async Task Turns_WhenTheWorkerIsLost_AreTakenWhenItIsBackAndDoNotCount()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register);
        host.Worker.GoAway();
        var ids = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => host.Schedule("Sequence", 2)));
        Assert.False(host.Hub.IsIdle);

        host.Worker.ComeBack();

        Assert.All(await Task.WhenAll(ids.Select(host.Completion)), one => Assert.Equal("2", one.SerializedOutput));
        Assert.Empty(host.Log);
    }

    [Fact]
    public async Task Activity_WhoseWorkerIsLost_RunsAgainWhenItIsBack()
    {
        var runs = 0;
        await using var host = await HubHost.StartAsync();
        host.Worker.Orchestrator<int, int>("One", (context, _) => context.CallActivityAsync<int>("Lost", 0));
        host.Worker.Activity<int, int>("Lost", _ =>
        {
            if (++runs > 1)
                return Task.FromResult(runs);
            host.Worker.GoAway();
            throw new WorkerLostException("The process is gone.");
        });
        var id = await host.Schedule("One");
        await host.Worker.Gone.WaitAsync(host.Bound);

        host.Worker.ComeBack();

        Assert.Equal("2", (await host.Completion(id)).SerializedOutput);
    }

    [Fact]
    public async Task Turn_WhoseInvocationFails_IsTakenAgainWithAllItsEventsAndLogged()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register, QuickRetries);
        var failures = 0;
        host.Worker.BeforeTurn = request =>
        {
            if (request.PastEvents.Count > 0 && ++failures <= 5)
                throw new InvocationFailedException("The function could not be loaded.");
        };

        Assert.Equal("1", (await host.Run("Sequence", 1)).SerializedOutput);

        Assert.Equal(5, host.Log.Count);
        Assert.All(host.Log, line => Assert.Contains("could not be loaded", line, StringComparison.Ordinal));
        Assert.Contains("failure 5", host.Log.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instance_WhoseInvocationsAlwaysFail_CanBeTerminated()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register, QuickRetries);
        host.Worker.BeforeTurn = _ => throw new InvocationFailedException("No.");
        var id = await host.Schedule("Sequence", 1);

        await host.Client.TerminateInstanceAsync(id, "enough", host.Bound);
        var ended = await host.Completion(id);

        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "enough"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task ExtendedSessions_AfterTheFirstTurn_SendOnlyNewEvents()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register, new() { ExtendedSessionsEnabled = true });
        var requests = new ConcurrentQueue<P.OrchestratorRequest>();
        host.Worker.BeforeTurn = requests.Enqueue;

        await host.Run("Sequence", 5);

        Assert.Equal(6, requests.Count);
        Assert.All(requests, request => Assert.Empty(request.PastEvents));
        Assert.Equal([true, false, false, false, false, false], requests.Select(request => request.Properties["IncludeState"].BoolValue));
    }

    [Fact]
    public async Task ExtendedSessions_WhenTheWorkerHasForgotten_SendTheHistoryAgain()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register, new() { ExtendedSessionsEnabled = true });
        var requests = new ConcurrentQueue<P.OrchestratorRequest>();
        host.Worker.BeforeTurn = request =>
        {
            requests.Enqueue(request);
            if (requests.Count == 3)
                host.Worker.ForgetSessions();
        };

        Assert.Equal("5", (await host.Run("Sequence", 5)).SerializedOutput);

        Assert.Equal(7, requests.Count);
        Assert.NotEmpty(requests.ElementAt(3).PastEvents);
        Assert.Empty(requests.ElementAt(4).PastEvents);
    }

    [Fact]
    public async Task ExtendedSessions_AfterAFailedInvocation_SendTheHistoryAgain()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register, QuickRetries with { ExtendedSessionsEnabled = true });
        var failures = 0;

        // The worker has taken the events into its session, and the answer is lost.
        host.Worker.AfterTurn = _ =>
        {
            if (++failures is 2 or 4)
                throw new InvocationFailedException("Lost.");
        };

        Assert.Equal("5", (await host.Run("Sequence", 5)).SerializedOutput);
    }

    [Fact]
    public async Task Sessions_BeyondTheirLimits_LeaveMemoryAndAreReadAgain()
    {
        await using var host = await HubHost.StartAsync(
            functions =>
            {
                functions.Activity<int, int>("Identity", Task.FromResult);
                functions.Orchestrator<int, int>("Waits", async (context, _) => await context.CallActivityAsync<int>("Identity", 1) + await context.WaitForExternalEvent<int>("e"));
            },
            new() { SessionsInMemory = 8 });
        var ids = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => host.Schedule("Waits")));
        await host.UntilIdle();
        Assert.InRange(host.Hub.SessionCount, 0, 16);
        Assert.InRange(host.Hub.SessionBytes, 0, 16 * 4096);

        await Task.WhenAll(ids.Select(id => host.Client.RaiseEventAsync(id, "e", 2, host.Bound)));

        Assert.All(await Task.WhenAll(ids.Select(host.Completion)), one => Assert.Equal(3, one.ReadOutputAs<int>()));
        await host.UntilIdle();
        Assert.Equal(0, host.Hub.SessionBytes);
    }

    [Fact]
    public async Task Limits_OfWhatRunsAtOnce_AreKept()
    {
        var (now, most) = (0, 0);
        var three = new CountdownEvent(3);
        await using var host = await HubHost.StartAsync(
            functions =>
            {
                functions.Orchestrator<int, int>("Fan", async (context, n) => (await Task.WhenAll(Enumerable.Range(0, n).Select(i => context.CallActivityAsync<int>("Slow", i)))).Sum());
                functions.Activity<int, int>("Slow", async i =>
                {
                    InterlockedMax(ref most, Interlocked.Increment(ref now));
                    if (!three.IsSet)
                        three.Signal();
                    await Task.Run(() => three.Wait(TestContext.Current.CancellationToken));
                    Interlocked.Decrement(ref now);
                    return 1;
                });
            },
            new() { MaxConcurrentActivityFunctions = 3, MaxConcurrentOrchestratorFunctions = 1 });

        Assert.Equal("100", (await host.Run("Fan", 100)).SerializedOutput);
        Assert.Equal(3, most);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
