using System.Reflection;
using CityBrain.Embedded.Durable;
using CityBrain.Embedded.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CityBrain.Embedded.Functions.Triggers;

/// <summary>Calls an orchestrator function; the parameter beside the context, if any, gets the input.</summary>
internal sealed class DurableOrchestratorBinding(FunctionDescriptor function, IFunctionInvoker invoker)
{
    private readonly ParameterInfo? _input = Array.Find(function.Method.GetParameters(), parameter => IsInput(parameter, function));

    /// <summary>Runs the function on the caller's synchronization context.</summary>
    public Task<object?> RunAsync(TaskOrchestrationContext context)
    {
        var invocation = new FunctionInvocation(function, context) { IsOrchestrator = true };
        if (_input is { Name: { } name, ParameterType: var type })
            invocation = invocation with { BindingsByName = new Dictionary<string, object?> { [name] = ((OrchestratorContext)context).GetInput(type) } };
        return invoker.InvokeAsync(invocation, CancellationToken.None);
    }

    private static bool IsInput(ParameterInfo parameter, FunctionDescriptor function) =>
        parameter != function.TriggerParameter && parameter.ParameterType != typeof(FunctionContext) && parameter.ParameterType != typeof(CancellationToken);
}
