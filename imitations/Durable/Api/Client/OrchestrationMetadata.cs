using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Microsoft.DurableTask.Client;

/// <summary>An orchestration as it stood when it was fetched.</summary>
/// <param name="name">Name of the orchestrator.</param>
/// <param name="instanceId">Instance id.</param>
public sealed class OrchestrationMetadata(string name, string instanceId)
{
    /// <summary>Name of the orchestrator.</summary>
    public string Name { get; } = name;

    /// <summary>Instance id.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>Reads the serialized members; null unless inputs and outputs were asked for.</summary>
    public DataConverter? DataConverter { get; init; }

    /// <summary>Where it stands.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was scheduled.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last took a step.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>Its input.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>Its output.</summary>
    public string? SerializedOutput { get; init; }

    /// <summary>Its custom status.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary.Create<string, string>();

    /// <summary>How it failed; only with inputs and outputs.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>True when it is Running.</summary>
    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>True when it is Completed, Failed or Terminated.</summary>
    public bool IsCompleted =>
        RuntimeStatus is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    /// <summary>The input.</summary>
    /// <exception cref="InvalidOperationException">Fetched without inputs and outputs.</exception>
    public T? ReadInputAs<T>() => Read<T>(SerializedInput);

    /// <summary>The output.</summary>
    /// <exception cref="InvalidOperationException">Fetched without inputs and outputs.</exception>
    public T? ReadOutputAs<T>() => Read<T>(SerializedOutput);

    /// <summary>The custom status.</summary>
    /// <exception cref="InvalidOperationException">Fetched without inputs and outputs.</exception>
    public T? ReadCustomStatusAs<T>() => Read<T>(SerializedCustomStatus);

    /// <inheritdoc/>
    public override string ToString() =>
        $"[Name: '{Name}', ID: '{InstanceId}', RuntimeStatus: {RuntimeStatus}, CreatedAt: {CreatedAt:s}, LastUpdatedAt: {LastUpdatedAt:s}]";

    private T? Read<T>(string? data, [CallerMemberName] string method = "") =>
        DataConverter is { } converter
            ? converter.Deserialize<T>(data)
            : throw new InvalidOperationException($"{method} needs metadata that was fetched with getInputsAndOutputs (or FetchInputsAndOutputs).");
}
