using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Everything a turn changes; written in one transaction.</summary>
/// <param name="row">The instance as it stood before the turn.</param>
/// <param name="turnNumber">Number of the turn within its execution, from 0.</param>
/// <param name="time">The orchestration's time, UTC ticks.</param>
/// <param name="consumed">The messages whose rows go, because the turn took them or found them stale.</param>
internal sealed class TurnCommit(InstanceRow row, int turnNumber, long time, IReadOnlyList<Mail> consumed)
{
    /// <summary>The instance as it stood before the turn.</summary>
    public InstanceRow Row { get; } = row;

    /// <summary>Number of the turn within its execution, from 0.</summary>
    public int TurnNumber => turnNumber;

    /// <summary>The orchestration's time, UTC ticks.</summary>
    public long Time => time;

    /// <summary>The messages whose rows go.</summary>
    public IReadOnlyList<Mail> Consumed => consumed;

    /// <summary>The instance after the turn; the same object when its row does not change.</summary>
    public InstanceRow NewRow { get; set; } = row;

    /// <summary>Frames of the turn's events; null when the orchestrator did not run.</summary>
    public byte[]? History { get; set; }

    /// <summary>Activities to be run.</summary>
    public List<(int TaskId, string Name, string? Input)> Activities { get; } = [];

    /// <summary>Timers to be watched, with their due times in UTC ticks.</summary>
    public List<(int TaskId, long Due)> Timers { get; } = [];

    /// <summary>Sub-orchestrations to be started.</summary>
    public List<(int TaskId, NewInstance Child)> Children { get; } = [];

    /// <summary>Messages to other instances, by instance id.</summary>
    public List<(string Id, Mail Mail)> Messages { get; } = [];

    /// <summary>Output of an instance that ends.</summary>
    public string? Output { get; set; }

    /// <summary>Why the instance failed.</summary>
    public TaskFailureDetails? Failure { get; set; }

    /// <summary>Encoded termination for the sub-orchestrations that still run; null leaves them alone.</summary>
    public Mail? ToChildren { get; set; }

    /// <summary>True when the turn starts a new execution.</summary>
    public bool ContinuesAsNew => NewRow.Execution != Row.Execution;

    /// <summary>True when the instance's row changes.</summary>
    public bool ChangesRow => !ReferenceEquals(Row, NewRow);

    /// <summary>True when the instance has come to its end.</summary>
    public bool Ends => NewRow.HasEnded;

    /// <summary>True when there is something to write.</summary>
    public bool HasChanges => History is not null || ChangesRow || consumed.Any(mail => mail.Source != MailSource.None);

    /// <summary>Takes back everything that the orchestrator asked for.</summary>
    public void ClearRequests()
    {
        Activities.Clear();
        Timers.Clear();
        Children.Clear();
        Messages.Clear();
    }
}
