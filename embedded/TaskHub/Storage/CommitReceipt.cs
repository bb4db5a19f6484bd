namespace CityBrain.Embedded.TaskHub;

/// <summary>What a commit put into the tables for others, so that they need not be read again.</summary>
internal sealed class CommitReceipt
{
    /// <summary>Activities to run.</summary>
    public List<ActivityTask>? Activities { get; private set; }

    /// <summary>Timers to watch.</summary>
    public List<TimerEntry>? Timers { get; private set; }

    /// <summary>Sub-orchestrations to start.</summary>
    public List<InstanceRow>? Started { get; private set; }

    /// <summary>Messages to other instances, by row key.</summary>
    public List<(long Key, Mail Mail)>? Messages { get; private set; }

    public void Add(ActivityTask task) => (Activities ??= []).Add(task);

    public void Add(TimerEntry timer) => (Timers ??= []).Add(timer);

    public void Add(InstanceRow started) => (Started ??= []).Add(started);

    public void Add(long key, Mail mail) => (Messages ??= []).Add((key, mail));
}
