namespace CityBrain.Embedded.Durable;

/// <summary>A durable timer.</summary>
/// <param name="Due">UTC ticks.</param>
/// <param name="TaskId">Id within the execution; <see cref="StartTaskId"/> marks a delayed start.</param>
internal readonly record struct TimerEntry(long Due, long InstanceKey, int Execution, int TaskId)
{
    /// <summary>Task id of the timer behind <c>StartAt</c>.</summary>
    public const int StartTaskId = -1;
}
