using CityBrain.Embedded.Durable;
using CityBrain.Embedded.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Functions.Triggers;

/// <summary>Runs the functions marked <c>[OrchestrationTrigger]</c> and <c>[ActivityTrigger]</c> on the durable engine.</summary>
internal sealed class DurableTriggerListener(
    DurableEngine engine,
    FunctionCatalog catalog,
    IFunctionInvoker invoker,
    HostJsonOptions settings,
    ILoggerFactory loggers) : ITriggerListener
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        engine.Loggers = loggers;
        foreach (var function in catalog.WithTrigger<OrchestrationTriggerAttribute>())
        {
            var binding = new DurableOrchestratorBinding(function, invoker);
            engine.AddOrchestrator(((OrchestrationTriggerAttribute)function.Trigger).Orchestration ?? function.Name, binding.RunAsync);
        }

        foreach (var function in catalog.WithTrigger<ActivityTriggerAttribute>())
        {
            var binding = new DurableActivityBinding(function, invoker, engine.Converter);
            engine.AddActivity(((ActivityTriggerAttribute)function.Trigger).Activity ?? function.Name, binding.RunAsync);
        }

        engine.Start(new DurableEngineOptions
        {
            MaxConcurrentActivityFunctions = settings.DurableTask.MaxConcurrentActivityFunctions,
            MaxConcurrentOrchestratorFunctions = settings.DurableTask.MaxConcurrentOrchestratorFunctions,
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
