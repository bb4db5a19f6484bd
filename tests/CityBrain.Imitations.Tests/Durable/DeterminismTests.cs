using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Tests.Durable;

public sealed class DeterminismTests
{
    [Fact]
    public async Task ChangedCode_FailsWithTheStepThatDiffers()
    {
        using var host = new DurableHost().Orchestrator("Code", async context =>
        {
            await context.CallActivityAsync("One");
            return await context.WaitForExternalEvent<int>("e");
        }).Activity<object?, int>("One", _ => 1).Start();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Code", DurableHost.Bound);
        await DurableHost.Until(() => host.CountRows("durable_history") == 2);

        host.Without().Orchestrator("Code", async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return 1;
        }).Restart();
        await host.Client.RaiseEventAsync(id, "e", 1, DurableHost.Bound);

        var failure = (await host.Completion(id)).FailureDetails!;
        Assert.Contains("turn 0, step 0, history has activity 'One', but the code asked for a timer", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CodeThatAsksForMore_Fails()
    {
        var calls = 0;
        using var host = new DurableHost(alwaysReplay: true).Orchestrator("Random", async context =>
        {
            for (var i = 0; i <= calls; i++)
            {
                _ = context.CallActivityAsync("One");
            }

            calls++;
            await context.CallActivityAsync("One");
            return 0;
        }).Activity<object?, int>("One", _ => 1).Start();

        Assert.Contains("Non-deterministic", (await host.Run("Random")).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delay")]
    [InlineData("run")]
    [InlineData("unconfigured")]
    public async Task AwaitOfATaskThatIsNotDurable_FailsWithAClearMessage(string kind)
    {
        using var host = new DurableHost().Orchestrator("Awaits", async context =>
        {
            var abandoned = context.WaitForExternalEvent<int>("never");
            switch (kind)
            {
                case "delay":
                    await Task.Delay(20);
                    break;
                case "run":
                    await Task.Run(() => Thread.Sleep(20));
                    break;
                default:
                    await Task.Delay(20).ConfigureAwait(false);
                    break;
            }

            await context.CallActivityAsync("One");
            return abandoned.IsCompleted;
        }).Activity<object?, int>("One", _ => 1).Start();

        var ended = await host.Run("Awaits");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("not durable", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Yield_StaysOnTheOrchestratorsThread()
    {
        using var host = new DurableHost(alwaysReplay: true).Orchestrator("Yields", async context =>
        {
            await Task.Yield();
            var one = await context.CallActivityAsync<int>("One");
            await Task.Yield();
            return one;
        }).Activity<object?, int>("One", _ => 1).Start();

        Assert.Equal(1, (await host.Run("Yields")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Result_ThatComesBackOnAnotherThread_IsTaken()
    {
        using var host = new DurableHost().With(engine => engine.AddOrchestrator("Wrapped", async context =>
        {
            static async Task<int> Code(TaskOrchestrationContext context) => await context.CallActivityAsync<int>("One");
            return await Code(context).ConfigureAwait(false);
        })).Activity<object?, int>("One", _ => 1).Start();

        Assert.Equal(1, (await host.Run("Wrapped")).ReadOutputAs<int>());
    }
}
