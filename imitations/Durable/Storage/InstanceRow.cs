using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Durable;

/// <summary>What the engine needs of an instance's row.</summary>
internal sealed record InstanceRow(
    long Key,
    string Id,
    string Name,
    OrchestrationRuntimeStatus Status,
    int Execution,
    bool NeedsStart,
    string? Input,
    string? CustomStatus,
    ParentLink? Parent)
{
    /// <summary>True when no turn will ever run again.</summary>
    public bool HasEnded =>
        Status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}

/// <summary>Who waits for a sub-orchestration.</summary>
/// <param name="Key">Row key of the parent.</param>
/// <param name="Execution">The parent's execution that asked.</param>
/// <param name="TaskId">The task id under which it waits.</param>
/// <param name="Id">The parent's instance id.</param>
/// <param name="Name">The parent's orchestrator name.</param>
internal sealed record ParentLink(long Key, int Execution, int TaskId, string Id, string Name);
