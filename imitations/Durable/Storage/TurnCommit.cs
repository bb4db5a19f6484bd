using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Durable;

/// <summary>Everything a turn changes; written in one transaction.</summary>
internal sealed class TurnCommit
{
    /// <summary>The instance as it stood before the turn.</summary>
    public required InstanceRow Row { get; init; }

    /// <summary>Number of the turn within its execution, from 0.</summary>
    public required int TurnNumber { get; init; }

    /// <summary>The orchestration's time, UTC ticks.</summary>
    public required long Time { get; init; }

    /// <summary>The messages that the turn consumed, or found stale.</summary>
    public required IReadOnlyList<Mail> Consumed { get; init; }

    /// <summary>History of the turn; null when the orchestrator did not run.</summary>
    public byte[]? History { get; set; }

    /// <summary>What the orchestrator asked for.</summary>
    public IReadOnlyList<OrchestratorAction> Actions { get; set; } = [];

    /// <summary>Timers of earlier turns that are no longer wanted.</summary>
    public IReadOnlyList<TimerEntry> CancelledTimers { get; set; } = [];

    /// <summary>The instance after the turn; the same object when its row does not change.</summary>
    public required InstanceRow NewRow { get; set; }

    /// <summary>Output when the instance ends.</summary>
    public string? Output { get; set; }

    /// <summary>Serialized failure when the instance fails.</summary>
    public string? Failure { get; set; }

    /// <summary>Unprocessed events that the next execution keeps.</summary>
    public IReadOnlyList<Mail> CarriedOver { get; set; } = [];

    /// <summary>Whether sub-orchestrations are terminated too.</summary>
    public bool TerminateChildren { get; set; }

    /// <summary>True when the turn starts a new execution.</summary>
    public bool ContinuesAsNew => NewRow.Execution != Row.Execution;

    /// <summary>True when the instance's row changes.</summary>
    public bool ChangesRow => !ReferenceEquals(Row, NewRow);

    /// <summary>True when the instance has come to its end.</summary>
    public bool Ends => NewRow.HasEnded && NewRow.Status != Row.Status;

    /// <summary>What a parent is told at the end.</summary>
    public HistoryEvent ToParent(ParentLink parent) => NewRow.Status == OrchestrationRuntimeStatus.Completed
        ? new HistoryEvent(EventKind.TaskCompleted, parent.TaskId, Data: Output)
        : new HistoryEvent(EventKind.TaskFailed, parent.TaskId, Data: Failure ?? Failures.Terminated(Row.Id));
}
