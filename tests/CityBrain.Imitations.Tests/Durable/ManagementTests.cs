using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Tests.Durable;

public sealed class ManagementTests
{
    private static DurableHost Waiting(bool alwaysReplay = false) => new DurableHost(alwaysReplay: alwaysReplay)
        .Orchestrator("Waits", context => context.WaitForExternalEvent<int>("go"))
        .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<int>("Waits", options: new SubOrchestrationOptions(instanceId: context.InstanceId + "-child")))
        .Orchestrator("Returns", context => Task.FromResult(context.GetInput<int>()))
        .Start();

    [Fact]
    public async Task SubOrchestration_Returns_ParentGetsResult()
    {
        using var host = new DurableHost(alwaysReplay: true)
            .Orchestrator("Child", async context => context.Parent!.InstanceId + "/" + context.Parent.Name + "/" + await context.CallActivityAsync<int>("One"))
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync<string>("Child"))
            .Activity<object?, int>("One", _ => 1)
            .Start();

        Assert.Equal("p1/Parent/1", (await host.Run("Parent", id: "p1")).ReadOutputAs<string>());
        Assert.Equal(2, host.CountRows("durable_instance"));
    }

    [Fact]
    public async Task SubOrchestration_Fails_ParentGetsTaskFailedExceptionAndRetries()
    {
        using var host = new DurableHost(clockSpeed: 1000, alwaysReplay: true)
            .Orchestrator("Child", new Func<TaskOrchestrationContext, Task<int>>(_ => throw new FormatException("no")))
            .Orchestrator("Parent", async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(new RetryPolicy(3, TimeSpan.FromSeconds(5)), "c"));
                }
                catch (TaskFailedException failed)
                {
                    return failed.TaskName + failed.FailureDetails.IsCausedBy<FormatException>();
                }
            })
            .Start();

        Assert.Equal("ChildTrue", (await host.Run("Parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task SubOrchestration_WithTheIdOfALiveInstance_Fails()
    {
        using var host = Waiting();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("p-child"), DurableHost.Bound);

        Assert.Contains("p-child", (await host.Run("Parent", id: "p")).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Suspend_BuffersEventsUntilResume(bool alwaysReplay)
    {
        using var host = Waiting(alwaysReplay);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", DurableHost.Bound);
        await host.Client.WaitForInstanceStartAsync(id, DurableHost.Bound);
        await host.Client.SuspendInstanceAsync(id, "check", DurableHost.Bound);
        await DurableHost.Until(() => Status(host, id) == OrchestrationRuntimeStatus.Suspended);

        await host.Client.RaiseEventAsync(id, "go", 3, DurableHost.Bound);
        await Task.Delay(50, DurableHost.Bound);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, Status(host, id));
        host.Restart();
        await host.Client.ResumeInstanceAsync(id, null, DurableHost.Bound);

        Assert.Equal(3, (await host.Completion(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Terminate_Parent_LeavesChildrenUnlessRecursive()
    {
        using var host = Waiting();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("a"), DurableHost.Bound);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("b"), DurableHost.Bound);
        await DurableHost.Until(() => host.CountRows("durable_instance") == 4);

        await host.Client.TerminateInstanceAsync("a", "why", DurableHost.Bound);
        await host.Client.TerminateInstanceAsync("b", new TerminateInstanceOptions(Recursive: true), DurableHost.Bound);

        Assert.Equal("why", (await host.Completion("a")).ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, Status(host, "a"));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.Completion("b-child")).RuntimeStatus);
        Assert.False((await host.Client.GetInstanceAsync("a-child", DurableHost.Bound))!.IsCompleted);
        await host.Client.TerminateInstanceAsync("nobody", DurableHost.Bound);
    }

    [Fact]
    public async Task Terminate_Child_FailsTheParentsCall()
    {
        using var host = Waiting();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("p"), DurableHost.Bound);
        await DurableHost.Until(() => Status(host, "p-child") is not null);

        await host.Client.TerminateInstanceAsync("p-child", DurableHost.Bound);

        Assert.Contains("terminated", (await host.Completion("p")).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purge_Running_ThrowsAndEnded_Removes()
    {
        using var host = Waiting();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("live"), DurableHost.Bound);
        await host.Run("Returns", 1, "ended");

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.PurgeInstanceAsync("live", DurableHost.Bound));
        Assert.Equal(1, (await host.Client.PurgeInstanceAsync("ended", DurableHost.Bound)).PurgedInstanceCount);
        Assert.Equal(0, (await host.Client.PurgeInstanceAsync("ended", DurableHost.Bound)).PurgedInstanceCount);
        Assert.Null(await host.Client.GetInstanceAsync("ended", DurableHost.Bound));
        Assert.Null(await host.Client.WaitForInstanceCompletionAsync("ended", DurableHost.Bound));
    }

    [Fact]
    public async Task PurgeAll_ByTimeAndStatus_RemovesOnlyThoseThatEnded()
    {
        using var host = Waiting();
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => host.Run("Returns", i)));
        await host.Run("Nobody");
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", DurableHost.Bound);
        var future = host.Platform.Clock.GetUtcNow().AddHours(1);

        Assert.Equal(0, (await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(future), DurableHost.Bound)).PurgedInstanceCount);
        Assert.Equal(30, (await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(null, future, [OrchestrationRuntimeStatus.Completed]), DurableHost.Bound)).PurgedInstanceCount);
        Assert.Equal(1, (await host.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), DurableHost.Bound)).PurgedInstanceCount);
        Assert.Equal(1, host.CountRows("durable_instance"));
    }

    [Fact]
    public async Task GetAllInstances_WithFilter_PagesInOrderOfId()
    {
        using var host = Waiting();
        await Task.WhenAll(Enumerable.Range(10, 25).Select(i => host.Run("Returns", i, $"case-{i}")));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("case-live"), DurableHost.Bound);
        await host.Run("Returns", 1, "other");
        var query = new OrchestrationQuery(InstanceIdPrefix: "case-", Statuses: [OrchestrationRuntimeStatus.Completed], PageSize: 10, FetchInputsAndOutputs: true);

        var pages = new List<Page<OrchestrationMetadata>>();
        await foreach (var page in host.Client.GetAllInstancesAsync(query).AsPages())
        {
            pages.Add(page);
        }

        Assert.Equal([10, 10, 5], pages.Select(page => page.Values.Count));
        Assert.Equal(Enumerable.Range(10, 25), pages.SelectMany(page => page.Values).Select(one => one.ReadOutputAs<int>()));
        Assert.Null(pages[^1].ContinuationToken);
    }

    [Fact]
    public async Task Metadata_WithoutInputsAndOutputs_RefusesToRead()
    {
        using var host = Waiting();
        await host.Run("Returns", 1, "x");

        var found = (await host.Client.GetInstanceAsync("x", DurableHost.Bound))!;

        Assert.Throws<InvalidOperationException>(() => found.ReadOutputAs<int>());
        Assert.Null(found.SerializedInput);
        Assert.True(found.LastUpdatedAt >= found.CreatedAt);
    }

    [Fact]
    public async Task Schedule_TheSameIdAHundredTimesAtOnce_StartsOne()
    {
        using var host = Waiting();
        var options = new StartOrchestrationOptions("same");

        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            try
            {
                return await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", options, DurableHost.Bound);
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return null;
            }
        }));

        Assert.Single(results, "same");
        Assert.Equal(1, host.CountRows("durable_instance"));
    }

    [Fact]
    public async Task Schedule_AnEndedId_ReplacesUnlessItsStatusIsNamed()
    {
        using var host = Waiting();
        await host.Run("Returns", 1, "x");
        Assert.Equal(2, (await host.Run("Returns", 2, "x")).ReadOutputAs<int>());

        var options = new StartOrchestrationOptions("x").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync("Returns", options, DurableHost.Bound));
    }

    [Fact]
    public async Task Schedule_ALiveIdThatMayBeReplaced_TerminatesItFirst()
    {
        using var host = Waiting();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("x"), DurableHost.Bound);
        var options = new StartOrchestrationOptions("x").WithDedupeStatuses();

        await host.Client.ScheduleNewOrchestrationInstanceAsync("Returns", 5, options, DurableHost.Bound);

        Assert.Equal(5, (await host.Completion("x")).ReadOutputAs<int>());
        await Assert.ThrowsAsync<ArgumentException>(() => host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Returns", new StartOrchestrationOptions("x").WithDedupeStatuses(OrchestrationRuntimeStatus.Terminated), DurableHost.Bound));
    }

    [Fact]
    public async Task Tags_OfAnInstance_AreKept()
    {
        using var host = Waiting();
        var options = new StartOrchestrationOptions("x") { Tags = new Dictionary<string, string> { ["area"] = "north" } };
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Returns", 1, options, DurableHost.Bound);

        Assert.Equal("north", (await host.Completion("x")).Tags["area"]);
    }

    private static OrchestrationRuntimeStatus? Status(DurableHost host, string id) => host.Client.GetInstanceAsync(id, DurableHost.Bound).Result?.RuntimeStatus;
}
