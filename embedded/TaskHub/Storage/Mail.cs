using EventKind = Microsoft.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;

namespace CityBrain.Embedded.TaskHub;

/// <summary>The table that holds the row behind a message until a turn has consumed it.</summary>
internal enum MailSource : byte
{
    /// <summary>No row: the message is only a wake-up.</summary>
    None,

    /// <summary>A row of <c>hub_inbox</c>.</summary>
    Inbox,

    /// <summary>The row of the activity task that ended.</summary>
    Task,

    /// <summary>The row of the timer that came due.</summary>
    Timer,

    /// <summary>The row of the timer behind a scheduled start.</summary>
    Start,
}

/// <summary>A message to an instance.</summary>
/// <param name="Kind">Kind of its event; None for one that has no event.</param>
/// <param name="Event">The encoded event; empty when there is none.</param>
/// <param name="Execution">The execution that it answers; <see cref="AnyExecution"/> for messages from outside.</param>
/// <param name="Source">Where its row is.</param>
/// <param name="Number">Number of that row; for a timer its due time in UTC ticks.</param>
/// <param name="TaskId">Id of the timer within the execution; 0 otherwise.</param>
internal readonly record struct Mail(EventKind Kind, byte[] Event, int Execution, MailSource Source, long Number, int TaskId = 0)
{
    /// <summary>A message for whichever execution is current.</summary>
    public const int AnyExecution = -1;

    /// <summary>Only wakes the instance.</summary>
    public static Mail WakeUp => new(EventKind.None, [], AnyExecution, MailSource.None, 0);

    /// <summary>Whether the message is for the execution's orchestrator.</summary>
    public bool IsFor(int execution) => Kind != EventKind.None && (Execution == AnyExecution || Execution == execution);
}
