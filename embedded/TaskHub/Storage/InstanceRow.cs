using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>What the engine needs of an instance's row.</summary>
/// <param name="Key">Row key; never used twice.</param>
/// <param name="Execution">Number of the execution, from 0; continue-as-new adds 1.</param>
/// <param name="NeedsStart">Whether the execution can take its first turn and has not.</param>
/// <param name="Started">Frames of the events with which the execution begins; null once the first turn is committed.</param>
/// <param name="Tags">Encoded tags, or null.</param>
internal sealed record InstanceRow(
    long Key,
    string Id,
    string Name,
    string? Version,
    OrchestrationStatus Status,
    int Execution,
    string ExecutionId,
    bool NeedsStart,
    byte[]? Started,
    byte[]? Tags,
    string? CustomStatus,
    ParentLink? Parent)
{
    /// <summary>True when no turn will ever run again.</summary>
    public bool HasEnded => InstanceStatus.IsEnded(Status);
}

/// <summary>Who waits for a sub-orchestration.</summary>
/// <param name="Key">Row key of the parent.</param>
/// <param name="Execution">The parent's execution that asked.</param>
/// <param name="TaskId">The id under which it waits.</param>
internal sealed record ParentLink(long Key, int Execution, int TaskId);
