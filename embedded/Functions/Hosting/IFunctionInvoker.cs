namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>Runs one function through the worker's middleware. Listeners call it; they never call a function method themselves.</summary>
public interface IFunctionInvoker
{
    /// <summary>Binds the parameters, runs the middleware and the function, and returns the function's result (null for none).</summary>
    /// <exception cref="Exception">Whatever the function or a middleware throws, unwrapped.</exception>
    Task<object?> InvokeAsync(FunctionInvocation invocation, CancellationToken cancellationToken);
}

/// <summary>What a listener hands to the invoker.</summary>
/// <param name="Function">The function to run.</param>
/// <param name="TriggerValue">Value of the trigger parameter, already of that parameter's type.</param>
public sealed record FunctionInvocation(FunctionDescriptor Function, object? TriggerValue)
{
    /// <summary>Values for other parameters, found by parameter type, such as <c>ServiceBusMessageActions</c>.</summary>
    public IReadOnlyDictionary<Type, object> BindingsByType { get; init; } = new Dictionary<Type, object>();

    /// <summary>Values for other parameters, found by parameter name, such as route values and an orchestrator's input.</summary>
    public IReadOnlyDictionary<string, object?> BindingsByName { get; init; } = new Dictionary<string, object?>();
}
