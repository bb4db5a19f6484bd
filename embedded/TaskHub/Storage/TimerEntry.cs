namespace CityBrain.Embedded.TaskHub;

/// <summary>A durable timer. Timers are in order of due time, and of those due together in order of the rest.</summary>
/// <param name="Due">UTC ticks.</param>
/// <param name="TaskId">Id within the execution; <see cref="StartTaskId"/> marks a scheduled start.</param>
internal readonly record struct TimerEntry(long Due, long InstanceKey, int Execution, int TaskId) : IComparable<TimerEntry>
{
    /// <summary>Task id of the timer behind a scheduled start.</summary>
    public const int StartTaskId = -1;

    /// <summary>Comes after every timer.</summary>
    public static TimerEntry End { get; } = new(long.MaxValue, long.MaxValue, int.MaxValue, int.MaxValue);

    /// <inheritdoc/>
    public int CompareTo(TimerEntry other) =>
        (Due, InstanceKey, Execution, TaskId).CompareTo((other.Due, other.InstanceKey, other.Execution, other.TaskId));
}
