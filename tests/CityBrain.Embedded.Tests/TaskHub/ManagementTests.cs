using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.Tests.TaskHub;

public sealed class ManagementTests
{
    [Fact]
    public async Task SubOrchestration_WithTheIdOfALiveInstance_Fails()
    {
        await using var host = await HubHost.StartAsync(RegisterWaits);
        await host.Schedule("Waits", id: "taken");

        var ended = await host.Run("Calls", "taken");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("'taken'", ended.FailureDetails!.InnerFailure!.ErrorMessage, StringComparison.Ordinal);
        await host.State("taken", IsRunning);
    }

    [Fact]
    public async Task SubOrchestration_WithTheIdOfAnEndedInstance_ReplacesIt()
    {
        await using var host = await HubHost.StartAsync(RegisterWaits);
        await host.Schedule("Waits", id: "used");
        await host.Client.RaiseEventAsync("used", "go", "first", host.Bound);
        await host.Completion("used");

        var id = await host.Schedule("Calls", "used");
        await host.State("used", IsRunning);
        await host.Client.RaiseEventAsync("used", "go", "second", host.Bound);

        Assert.Equal("second", (await host.Completion(id)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Suspend_HoldsEventsBackUntilResume(bool withExtendedSessions)
    {
        await using var host = await HubHost.StartAsync(RegisterWaits, new() { ExtendedSessionsEnabled = withExtendedSessions });
        var id = await host.Schedule("Waits");
        await host.State(id, IsRunning);
        await host.Client.SuspendInstanceAsync(id, "holiday", host.Bound);
        await host.State(id, state => state.OrchestrationStatus == P.OrchestrationStatus.Suspended);
        await host.Client.RaiseEventAsync(id, "go", "kept", host.Bound);
        await host.UntilIdle();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await host.Get(id)).RuntimeStatus);

        await host.Client.ResumeInstanceAsync(id, null, host.Bound);

        Assert.Equal("kept", (await host.Completion(id)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Terminate_Parent_EndsChildrenOnlyIfRecursive(bool isRecursive)
    {
        await using var host = await HubHost.StartAsync(RegisterWaits);
        await host.Schedule("Calls", "child", "parent");
        await host.State("child", IsRunning);

        await host.Client.TerminateInstanceAsync("parent", new TerminateInstanceOptions("over", isRecursive), host.Bound);
        var ended = await host.Completion("parent");

        Assert.Equal((OrchestrationRuntimeStatus.Terminated, "over"), (ended.RuntimeStatus, ended.ReadOutputAs<string>()));
        if (!isRecursive)
            await host.Client.RaiseEventAsync("child", "go", "on", host.Bound);
        Assert.Equal(isRecursive ? OrchestrationRuntimeStatus.Terminated : OrchestrationRuntimeStatus.Completed, (await host.Completion("child")).RuntimeStatus);
    }

    [Fact]
    public async Task Terminate_Child_FailsTheParentsCall()
    {
        await using var host = await HubHost.StartAsync(RegisterWaits);
        await host.Schedule("Calls", "child", "parent");
        await host.State("child", IsRunning);

        await host.Client.TerminateInstanceAsync("child", (object?)null, host.Bound);

        Assert.Contains("terminated", (await host.Completion("parent")).FailureDetails!.InnerFailure!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_ToNobodyOrToTheEnded_AreRefusedWithAStatusCode()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register);
        await host.Run("Sequence", 0, "ended");

        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => host.Client.RaiseEventAsync("nobody", "e", 1, host.Bound))).StatusCode);
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => host.Client.RaiseEventAsync("ended", "e", 1, host.Bound))).StatusCode);
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => host.Client.TerminateInstanceAsync("ended", host.Bound))).StatusCode);
        Assert.Null(await host.Client.GetInstanceAsync("nobody", host.Bound));
    }

    [Fact]
    public async Task Purge_Running_ThrowsAndEnded_Removes()
    {
        await using var host = await HubHost.StartAsync(RegisterWaits);
        await host.Schedule("Calls", "child", "parent");
        await host.State("child", IsRunning);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.PurgeInstanceAsync("parent", cancellation: host.Bound));
        await host.Client.RaiseEventAsync("child", "go", "x", host.Bound);
        await host.Completion("parent");

        Assert.Equal(2, (await host.Client.PurgeInstanceAsync("parent", new PurgeInstanceOptions(Recursive: true), host.Bound)).PurgedInstanceCount);
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync("parent", cancellation: host.Bound)).PurgedInstanceCount);
        Assert.All(["hub_instance", "hub_history", "hub_inbox", "hub_task", "hub_timer"], table => Assert.Equal(0, host.CountRows(table)));
    }

    [Fact]
    public async Task PurgeAll_ByTimeAndStatus_RemovesOnlyThoseThatEnded()
    {
        await using var host = await HubHost.StartAsync(functions =>
        {
            RegisterWaits(functions);
            SharedOrchestrations.Register(functions);
        });
        await host.Run("Sequence", 0, "before");
        var from = host.Clock.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(0, 1200).Select(i => host.Run("Sequence", 0, $"done{i}")));
        await host.Run("Throws", 0, "failed");
        await host.Schedule("Waits", id: "running");

        var purged = await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(from, null, [OrchestrationRuntimeStatus.Completed]), host.Bound);

        Assert.Equal((1200, true), (purged.PurgedInstanceCount, purged.IsComplete));
        Assert.Equal(3, host.CountRows("hub_instance"));
    }

    [Fact]
    public async Task GetAllInstances_WithFilter_PagesInOrderOfId()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register);
        await Task.WhenAll(Enumerable.Range(0, 25).Select(i => host.Run("Sequence", 0, $"a{i:00}")));
        await host.Run("Throws", 0, "a99");
        await host.Run("Sequence", 0, "b");
        var query = new OrchestrationQuery(InstanceIdPrefix: "a", Statuses: [OrchestrationRuntimeStatus.Completed], PageSize: 10, FetchInputsAndOutputs: true);

        var pages = new List<Page<OrchestrationMetadata>>();
        await foreach (var page in host.Client.GetAllInstancesAsync(query).AsPages().WithCancellation(host.Bound))
        {
            pages.Add(page);
        }

        Assert.Equal([10, 10, 5], pages.Select(page => page.Values.Count));
        var found = pages.SelectMany(page => page.Values).ToList();
        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"a{i:00}"), found.Select(one => one.InstanceId));
        Assert.All(found, one => Assert.Equal(("0", "0"), (one.SerializedInput, one.SerializedOutput)));
        var ids = await host.Client.ListInstanceIdsAsync([OrchestrationRuntimeStatus.Failed], cancellation: host.Bound);
        Assert.Equal(["a99"], ids.Values);
    }

    [Fact]
    public async Task Schedule_TheSameIdAHundredTimesAtOnce_StartsOne()
    {
        await using var host = await HubHost.StartAsync(RegisterWaits);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            try
            {
                return await host.Schedule("Waits", id: "one");
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return null;
            }
        }));

        Assert.Single(outcomes, id => id is not null);
    }

    [Fact]
    public async Task Schedule_AnEndedId_ReplacesUnlessItsStatusIsNamed()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register);
        await host.Run("Sequence", 1, "again");
        Assert.Equal("2", (await host.Run("Sequence", 2, "again")).SerializedOutput);

        var options = new StartOrchestrationOptions("again").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync("Sequence", 3, options, host.Bound));
    }

    [Fact]
    public async Task Schedule_ALiveIdThatMayBeReplaced_TerminatesItFirst()
    {
        await using var host = await HubHost.StartAsync(RegisterWaits, new() { MayReplaceRunningInstances = true });
        await host.Schedule("Waits", id: "x");
        var first = await host.State("x", IsRunning);

        await host.Schedule("Waits", id: "x");
        var second = await host.State("x", IsRunning);

        Assert.NotEqual(first.ExecutionId, second.ExecutionId);
        var refusing = new StartOrchestrationOptions("x").WithDedupeStatuses(OrchestrationRuntimeStatus.Terminated);
        await Assert.ThrowsAsync<ArgumentException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", null, refusing, host.Bound));
    }

    [Fact]
    public async Task Restart_Ended_RunsAgainWithTheSameInput()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register);
        await host.Run("Sequence", 4, "first");

        var other = await host.Client.RestartAsync("first", restartWithNewInstanceId: true, host.Bound);
        var same = await host.Client.RestartAsync("first", restartWithNewInstanceId: false, host.Bound);

        Assert.NotEqual("first", other);
        Assert.Equal("first", same);
        Assert.Equal("4", (await host.Completion(other)).SerializedOutput);
        Assert.Equal("4", (await host.Completion(same)).SerializedOutput);
        await Assert.ThrowsAsync<ArgumentException>(() => host.Client.RestartAsync("nobody", cancellation: host.Bound));
    }

    [Fact]
    public async Task History_OfAnInstance_IsInOfficialOrder()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register);
        await host.Run("Sequence", 1, "one");

        var history = await host.Client.GetOrchestrationHistoryAsync("one", host.Bound);

        Assert.Equal(
            ["OrchestratorStarted", "ExecutionStarted", "TaskScheduled", "OrchestratorCompleted", "OrchestratorStarted", "TaskCompleted", "ExecutionCompleted", "OrchestratorCompleted"],
            history.Select(e => e.EventType.ToString()));
        Assert.Equal([0, 1], history.Where(e => e.EventId >= 0).Select(e => e.EventId));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Client.GetOrchestrationHistoryAsync("nobody", host.Bound));
    }

    [Fact]
    public async Task Requests_ThatAreNotSupportedOrForAnotherHub_AreRefusedWithASentence()
    {
        await using var host = await HubHost.StartAsync();
        var other = new Metadata { { "durable-taskhub", "Other" } };
        var own = new Metadata { { "Durable-TaskHub", "testhubname" } };

        await Assert.ThrowsAsync<NotImplementedException>(() => host.Client.RewindInstanceAsync("x", "y", host.Bound));
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await host.Calls.GetInstanceAsync(new() { InstanceId = "x" }, other, cancellationToken: host.Bound));
        Assert.Contains("'Other'", refused.Status.Detail, StringComparison.Ordinal);
        Assert.False((await host.Calls.GetInstanceAsync(new() { InstanceId = "x" }, own, cancellationToken: host.Bound)).Exists);
    }

    private static bool IsRunning(P.OrchestrationState state) => state.OrchestrationStatus == P.OrchestrationStatus.Running;

    private static void RegisterWaits(IFunctions functions)
    {
        functions.Orchestrator<int?, string>("Waits", (context, _) => context.WaitForExternalEvent<string>("go"));
        functions.Orchestrator<string, string>("Calls", (context, id) =>
            context.CallSubOrchestratorAsync<string>("Waits", options: new SubOrchestrationOptions(instanceId: id)));
    }
}
