using System.Buffers;
using CityBrain.Embedded.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Protobuf;
using EventKind = Microsoft.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;

namespace CityBrain.Embedded.TaskHub;

/// <summary>What the engine reads.</summary>
internal static class HubReads
{
    // The start is not read again once the first turn has it in the history.
    private const string InstanceColumns = """
        key, id, name, version, status, execution, execution_id, needs_start, CASE WHEN needs_start = 1 OR status = 6 THEN started END, tags, custom_status,
        parent_key, parent_execution, parent_task
        """;

    /// <summary>The row of an instance, or null.</summary>
    public static InstanceRow? Instance(SqliteSession session, long key) =>
        session.QueryFirst($"SELECT {InstanceColumns} FROM hub_instance WHERE key = ?1", ToInstance, key);

    /// <summary>Key and status of the instance of an id.</summary>
    public static (long Key, OrchestrationStatus Status)? Find(SqliteSession session, string id) =>
        session.QueryFirst<(long, OrchestrationStatus)?>("SELECT key, status FROM hub_instance WHERE id = ?1", row => (row.GetInt64(0), (OrchestrationStatus)row.GetInt32(1)), id);

    /// <summary>Frames of the events of the current execution, and number and time of its last turn; null before the first.</summary>
    public static (byte[] Frames, int LastTurn, long Time)? History(SqliteSession session, long key)
    {
        var turns = session.Query(
            "SELECT position, time, events FROM hub_history WHERE position >= ?1 AND position < ?2 ORDER BY position",
            row => (Position: row.GetInt64(0), Time: row.GetInt64(1), Events: row.GetFieldValue<byte[]>(2)),
            HistoryPosition.Of(key, 0),
            HistoryPosition.End(key));
        if (turns.Count == 0)
            return null;
        var frames = new ArrayBufferWriter<byte>(turns.Sum(turn => turn.Events.Length));
        turns.ForEach(turn => frames.Write(turn.Events));
        return (frames.WrittenSpan.ToArray(), HistoryPosition.Turn(turns[^1].Position), turns[^1].Time);
    }

    /// <summary>The messages that no turn has consumed, in order.</summary>
    public static List<Mail> Inbox(SqliteSession session, long key) =>
        session.Query("SELECT kind, event, execution, number FROM hub_inbox WHERE instance_key = ?1 ORDER BY number", ToMail, key);

    /// <summary>Keys of the instances that can take a turn at once: new ones and those with messages.</summary>
    public static List<long> Ready(SqliteSession session) =>
        session.Query("SELECT key FROM hub_instance WHERE needs_start = 1 UNION SELECT DISTINCT instance_key FROM hub_inbox", row => row.GetInt64(0));

    /// <summary>Numbers of the activities without a result, in commit order.</summary>
    public static List<long> ActivityNumbers(SqliteSession session) => session.Query("SELECT number FROM hub_task ORDER BY number", row => row.GetInt64(0));

    /// <summary>An activity without a result, or null.</summary>
    public static ActivityTask? Activity(SqliteSession session, long number) =>
        session.QueryFirst(
            "SELECT number, instance_key, execution, task_id, instance_id, name, input FROM hub_task WHERE number = ?1",
            row => new ActivityTask(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), row.GetString(4), row.GetString(5), TextOrNull(row, 6)),
            number);

    /// <summary>The next timers from one on, nearest first.</summary>
    public static List<TimerEntry> Timers(SqliteSession session, TimerEntry from, int limit) =>
        session.Query(
            """
            SELECT due, instance_key, execution, task_id FROM hub_timer WHERE (due, instance_key, execution, task_id) >= (?1, ?2, ?3, ?4)
            ORDER BY due, instance_key, execution, task_id LIMIT ?5
            """,
            row => new TimerEntry(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3)),
            from.Due,
            from.InstanceKey,
            from.Execution,
            from.TaskId,
            limit);

    /// <summary>The highest key of an instance ever used.</summary>
    public static long LastKey(SqliteSession session) =>
        session.QueryFirst("SELECT ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'hub_instance'), 0)", row => row.GetInt64(0));

    /// <summary>The highest number in use in the inbox or among the tasks.</summary>
    public static long LastNumber(SqliteSession session) =>
        session.QueryFirst("SELECT max(ifnull((SELECT max(number) FROM hub_inbox), 0), ifnull((SELECT max(number) FROM hub_task), 0))", row => row.GetInt64(0));

    /// <summary>The text of a column, or null.</summary>
    public static string? TextOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>The bytes of a column, or null.</summary>
    public static byte[]? BytesOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    private static InstanceRow ToInstance(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        TextOrNull(row, 3),
        (OrchestrationStatus)row.GetInt32(4),
        row.GetInt32(5),
        row.GetString(6),
        row.GetInt32(7) != 0,
        BytesOrNull(row, 8),
        BytesOrNull(row, 9),
        TextOrNull(row, 10),
        row.IsDBNull(11) ? null : new ParentLink(row.GetInt64(11), row.GetInt32(12), row.GetInt32(13)));

    private static Mail ToMail(SqliteDataReader row) =>
        new((EventKind)row.GetInt32(0), row.GetFieldValue<byte[]>(1), row.GetInt32(2), MailSource.Inbox, row.GetInt64(3));
}
