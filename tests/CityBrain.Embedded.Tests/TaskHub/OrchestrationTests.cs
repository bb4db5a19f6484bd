using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.Tests.TaskHub;

public sealed class OrchestrationTests
{
    [Fact]
    public async Task Names_InAnotherCase_AreFound()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register);

        Assert.Equal("5", (await host.Run("SEQUENCE", 5)).SerializedOutput);
    }

    [Fact]
    public async Task Orchestrator_ThatNoFunctionImplements_FailsWithItsName()
    {
        await using var host = await HubHost.StartAsync();

        var ended = await host.Run("Missing");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("'Missing'", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activity_ThatNoFunctionImplements_FailsWithItsNameAndIsNotTriedAgain()
    {
        await using var host = await HubHost.StartAsync(functions => functions.Orchestrator<int, int>("Calls", (context, _) =>
            context.CallActivityAsync<int>("Missing", new TaskOptions(new RetryPolicy(5, TimeSpan.FromHours(1))))));

        var ended = await host.Run("Calls");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("'Missing'", ended.FailureDetails!.InnerFailure!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CustomStatus_Set_IsVisibleWhileRunningAndAtTheEnd()
    {
        await using var host = await HubHost.StartAsync(functions => functions.Orchestrator<int, int>("Reports", async (context, _) =>
        {
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<int>("go");
            context.SetCustomStatus("gone");
            return 0;
        }));
        var id = await host.Schedule("Reports");
        var running = await host.Client.WaitForInstanceStartAsync(id, true, host.Bound);
        Assert.Equal("waiting", running.ReadCustomStatusAs<string>());

        await host.Client.RaiseEventAsync(id, "go", 1, host.Bound);

        Assert.Equal("gone", (await host.Completion(id)).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task Payloads_OfAMegabyte_ComeThroughWhole()
    {
        var text = new string('x', 1 << 20);
        await using var host = await HubHost.StartAsync(functions =>
        {
            functions.Activity<string, string>("Echo", Task.FromResult<string>);
            functions.Orchestrator<string, string>("Child", (_, input) => Task.FromResult(input));
            functions.Orchestrator<string, string>("Big", async (context, input) =>
            {
                var echoed = await context.CallActivityAsync<string>("Echo", input);
                var child = await context.CallSubOrchestratorAsync<string>("Child", echoed);
                return child + await context.WaitForExternalEvent<string>("more");
            });
        });
        var id = await host.Schedule("Big", text);
        await host.Client.RaiseEventAsync(id, "more", text, host.Bound);

        var ended = await host.Completion(id);

        Assert.Equal(text + text, ended.ReadOutputAs<string>());
        Assert.Equal(text, ended.ReadInputAs<string>());
    }

    [Fact]
    public async Task Code_ChangedUnderARunningInstance_FailsAsNotDeterministic()
    {
        await using var host = await HubHost.StartAsync(functions =>
        {
            functions.Activity<int, int>("A", Task.FromResult);
            functions.Activity<int, int>("B", Task.FromResult);
            functions.Orchestrator<int, int>("Changes", async (context, _) => await context.CallActivityAsync<int>("A", 1) + await context.WaitForExternalEvent<int>("go"));
        });
        var id = await host.Schedule("Changes");
        await host.UntilIdle();
        host.Worker.Orchestrator<int, int>("Changes", async (context, _) => await context.CallActivityAsync<int>("B", 1) + await context.WaitForExternalEvent<int>("go"));

        await host.Client.RaiseEventAsync(id, "go", 1, host.Bound);
        var ended = await host.Completion(id);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("Non-Deterministic", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CurrentUtcDateTime_OverTurns_NeverGoesBackAndIsTheSameAtReplay()
    {
        await using var host = await HubHost.StartAsync(functions =>
        {
            functions.Activity<int, int>("Identity", Task.FromResult);
            functions.Orchestrator<int, string[]>("Times", async (context, _) =>
            {
                var times = new List<string>();
                for (var i = 0; i < 10; i++)
                {
                    times.Add(context.CurrentUtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                    await context.CallActivityAsync<int>("Identity", i);
                }

                return [.. times];
            });
        });
        var requests = new List<P.OrchestratorRequest>();
        host.Worker.BeforeTurn = requests.Add;

        var times = (await host.Run("Times")).ReadOutputAs<string[]>()!;

        var last = requests[^1].PastEvents.Concat(requests[^1].NewEvents).Where(e => e.OrchestratorStarted is not null).Select(e => e.Timestamp.ToDateTime()).ToList();
        Assert.Equal(times, last.Take(10).Select(time => time.ToString("O", CultureInfo.InvariantCulture)));
        Assert.Equal(last.Order(), last);
        Assert.Equal(last.Count, last.Distinct().Count());
    }

    [Fact]
    public async Task Orchestrations_AThousandAtOnce_AllComplete()
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register);
        var ids = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => host.Schedule("Sequence", 3)));

        var ended = await Task.WhenAll(ids.Select(host.Completion));

        Assert.All(ended, one => Assert.Equal("3", one.SerializedOutput));
        Assert.Equal(0, host.CountRows("hub_task"));
        Assert.Equal(0, host.CountRows("hub_inbox"));
    }

    [Fact]
    public async Task TagsAndVersion_OfAnInstance_AreKeptAndGoToItsChildren()
    {
        await using var host = await HubHost.StartAsync(functions =>
        {
            functions.Orchestrator<int, string>("Child", (context, _) => Task.FromResult(context.Version));
            functions.Orchestrator<int, string>("Parent", async (context, _) =>
                context.Version + await context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "child") { Version = "2" }));
        });
        var options = new StartOrchestrationOptions("parent") { Tags = new Dictionary<string, string> { ["area"] = "north" }, Version = "1" };
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Parent", null, options, host.Bound);

        Assert.Equal("\"12\"", (await host.Completion("parent")).SerializedOutput);
        Assert.Equal("north", (await host.Get("parent")).Tags["area"]);
        Assert.Equal("north", (await host.Get("child")).Tags["area"]);
    }

    [Fact]
    public async Task Entity_Called_FailsTheOrchestrationWithASentence()
    {
        await using var host = await HubHost.StartAsync(functions => functions.Orchestrator<int, int>("Signals", async (context, _) =>
        {
            context.SendEvent("@counter@1", "op", 1);
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return 0;
        }));

        var ended = await host.Run("Signals");

        Assert.Contains("entity is not supported", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(0, host.CountRows("hub_timer"));
    }
}
