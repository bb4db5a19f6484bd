using System.Collections.ObjectModel;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>What a listener hands to the invoker.</summary>
/// <param name="Function">The function to run.</param>
/// <param name="TriggerValue">Value of the trigger parameter, already of that parameter's type.</param>
public sealed record FunctionInvocation(FunctionDescriptor Function, object? TriggerValue)
{
    /// <summary>Values for other parameters, found by parameter type, such as <c>ServiceBusMessageActions</c>.</summary>
    public IReadOnlyDictionary<Type, object> BindingsByType { get; init; } = ReadOnlyDictionary<Type, object>.Empty;

    /// <summary>Values for other parameters, found by parameter name, such as route values and an orchestrator's input.</summary>
    public IReadOnlyDictionary<string, object?> BindingsByName { get; init; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>
    /// True for an orchestrator: it may be left between two steps and replayed later, so nobody waits for it to return when the host stops.
    /// </summary>
    internal bool IsOrchestrator { get; init; }

    /// <summary>The request that the function's result answers; null when no HTTP request started the invocation.</summary>
    internal HttpContext? HttpContext { get; init; }
}
