using CityBrain.Embedded.Functions.Triggers;
using CityBrain.Embedded.Tests.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Embedded.Tests.Durable;

public sealed class DurableFunctionTests
{
    public sealed record Order(string Name, int Count);

    public sealed record Prices(int Factor)
    {
        public int Of(string name) => Factor * name.Length;
    }

    public sealed class Functions(Prices prices)
    {
        [Function(nameof(Total))]
        public static async Task<int> Total([OrchestrationTrigger] TaskOrchestrationContext context, Order order)
        {
            var price = await context.CallActivityAsync<int>(nameof(Price), order.Name);
            await context.CallActivityAsync(nameof(Note), order);
            return price * order.Count + await context.CallSubOrchestratorAsync<int>(nameof(Fee));
        }

        [Function(nameof(Fee))]
        public static Task<int> Fee([OrchestrationTrigger] TaskOrchestrationContext context) => Task.FromResult(context.Parent is null ? 0 : 1);

        [Function(nameof(Waits))]
        public static Task<int> Waits([OrchestrationTrigger] TaskOrchestrationContext context, int start) => context.WaitForExternalEvent<int>("e");

        [Function(nameof(Price))]
        public int Price([ActivityTrigger] string name, FunctionContext context) => context.FunctionDefinition.Name == nameof(Price) ? prices.Of(name) : 0;

        [Function(nameof(Note))]
        public static Task Note([ActivityTrigger] Order order, TaskActivityContext context, CancellationToken cancellationToken)
        {
            Assert.Equal(nameof(Note), context.Name.Name);
            return Task.Delay(1, cancellationToken);
        }
    }

    private static Task<FunctionsTestHost> StartAsync() => FunctionsTestHost.StartAsync([typeof(Functions)], builder =>
    {
        builder.Services.AddSingleton(new Prices(1));
        if (!builder.Services.Any(service => service.ServiceType == typeof(DurableTaskClient)))
            builder.Services.AddDurableTriggers();
    });

    [Fact]
    public async Task Functions_WithInputsServicesAndSubOrchestrations_Run()
    {
        await using var host = await StartAsync();
        var client = host.Host.Services.GetRequiredService<DurableTaskClient>();

        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Total), new Order("bread", 3), DurableHost.Bound);
        var ended = await client.WaitForInstanceCompletionAsync(id, true, DurableHost.Bound);

        Assert.Null(ended.FailureDetails);
        Assert.Equal(16, ended.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Host_WithOrchestrationsThatWait_StopsAtOnce()
    {
        var host = await StartAsync();
        var client = host.Host.Services.GetRequiredService<DurableTaskClient>();
        var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.Waits), DurableHost.Bound);
        await client.WaitForInstanceStartAsync(id, DurableHost.Bound);
        var begin = TimeProvider.System.GetTimestamp();

        await host.DisposeAsync();

        Assert.InRange(TimeProvider.System.GetElapsedTime(begin).TotalSeconds, 0, 4);
    }
}
