using CityBrain.Embedded.Functions.Hosting;
using Microsoft.DurableTask;

namespace CityBrain.Embedded.Functions.Triggers;

/// <summary>Calls an activity function; its trigger parameter gets the input, or the context when it is of that type.</summary>
internal sealed class DurableActivityBinding(FunctionDescriptor function, IFunctionInvoker invoker, DataConverter converter)
{
    private readonly Type _type = function.TriggerParameter.ParameterType;

    /// <summary>Runs the function once.</summary>
    public Task<object?> RunAsync(TaskActivityContext context, string? input, CancellationToken cancellationToken)
    {
        var value = _type == typeof(TaskActivityContext) ? context : converter.Deserialize(input, _type);
        var invocation = new FunctionInvocation(function, value) { BindingsByType = new Dictionary<Type, object> { [typeof(TaskActivityContext)] = context } };
        return invoker.InvokeAsync(invocation, cancellationToken);
    }
}
