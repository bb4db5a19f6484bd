using System.Text.Json;
using CityBrain.Embedded.Functions.Rpc;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>A function of the app, as its worker describes it.</summary>
/// <param name="Metadata">What the worker said; handed back to it to load the function.</param>
/// <param name="Bindings">Its bindings in the order of the worker.</param>
internal sealed record WorkerFunction(RpcFunctionMetadata Metadata, IReadOnlyList<WorkerBinding> Bindings)
{
    /// <summary>What each invocation is given besides the data of the trigger.</summary>
    public IReadOnlyList<ParameterBinding> FixedInputs { get; init; } = [];

    /// <summary>Id, unique in the app.</summary>
    public string Id => Metadata.FunctionId;

    /// <summary>Name, unique in the app without regard to case.</summary>
    public string Name => Metadata.Name;

    /// <summary>The binding that starts it.</summary>
    public WorkerBinding Trigger { get; } = Bindings.First(binding => binding.IsTrigger);

    /// <summary>Reads what the worker said.</summary>
    /// <exception cref="InvalidOperationException">A binding is not an object, or there is not exactly one trigger.</exception>
    public static WorkerFunction From(RpcFunctionMetadata metadata)
    {
        WorkerBinding[] bindings = [.. metadata.RawBindings.Select(binding => new WorkerBinding(JsonDocument.Parse(binding).RootElement))];
        return bindings.Count(binding => binding.IsTrigger) is var triggers && triggers == 1
            ? new WorkerFunction(metadata, bindings)
            : throw new InvalidOperationException($"The function '{metadata.Name}' has {triggers} triggers; a function has one.");
    }
}
