namespace CityBrain.Embedded.Durable;

/// <summary>The table that holds the row behind a message until a turn has consumed it.</summary>
internal enum MailSource : byte
{
    /// <summary>No row: the message is only a wake-up.</summary>
    None,

    /// <summary>A row of <c>durable_inbox</c>.</summary>
    Inbox,

    /// <summary>The row of the activity task that ended.</summary>
    Task,

    /// <summary>The row of the timer that came due.</summary>
    Timer,
}

/// <summary>A message to an instance.</summary>
/// <param name="Event">Its content.</param>
/// <param name="Execution">The execution that it answers; <see cref="AnyExecution"/> for messages from outside.</param>
/// <param name="Source">Where its row is.</param>
/// <param name="Number">Number of that row; for a timer its due time in UTC ticks.</param>
internal readonly record struct Mail(HistoryEvent Event, int Execution, MailSource Source, long Number)
{
    /// <summary>A message for whichever execution is current.</summary>
    public const int AnyExecution = -1;
}
