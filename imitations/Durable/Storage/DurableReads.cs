using CityBrain.Embedded.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Durable;

/// <summary>What the engine reads.</summary>
internal static class DurableReads
{
    private const string InstanceColumns =
        "key, id, name, status, execution, needs_start, input, custom_status, parent_key, parent_execution, parent_task, parent_id, parent_name";

    /// <summary>The row of an instance, or null.</summary>
    public static InstanceRow? Instance(SqliteSession session, long key) =>
        session.QueryFirst($"SELECT {InstanceColumns} FROM durable_instance WHERE key = ?1", ToInstance, key);

    /// <summary>Key and status of the instance of an id.</summary>
    public static (long Key, OrchestrationRuntimeStatus Status)? Find(SqliteSession session, string id) =>
        session.QueryFirst<(long, OrchestrationRuntimeStatus)?>(
            "SELECT key, status FROM durable_instance WHERE id = ?1", row => (row.GetInt64(0), (OrchestrationRuntimeStatus)row.GetInt32(1)), id);

    /// <summary>The turns of the current execution, in order.</summary>
    public static List<Turn> History(SqliteSession session, long key) =>
        session.Query("SELECT time, events FROM durable_history WHERE instance_key = ?1 ORDER BY turn", row => TurnCodec.Unpack(row.GetInt64(0), row.GetFieldValue<byte[]>(1)), key);

    /// <summary>The messages that no turn has consumed, in order.</summary>
    public static List<Mail> Inbox(SqliteSession session, long key) =>
        session.Query("SELECT number, execution, kind, task_id, name, data FROM durable_inbox WHERE instance_key = ?1 ORDER BY number", ToMail, key);

    /// <summary>Keys of the instances that can take a turn at once: new ones and those with messages.</summary>
    public static List<long> Ready(SqliteSession session) =>
        session.Query("SELECT key FROM durable_instance WHERE needs_start = 1 UNION SELECT DISTINCT instance_key FROM durable_inbox", row => row.GetInt64(0));

    /// <summary>Numbers of the activities that have not ended, in commit order.</summary>
    public static List<long> ActivityNumbers(SqliteSession session) => session.Query("SELECT number FROM durable_task ORDER BY number", row => row.GetInt64(0));

    /// <summary>An activity that has not ended, or null.</summary>
    public static ActivityTask? Activity(SqliteSession session, long number) =>
        session.QueryFirst(
            "SELECT number, instance_key, execution, task_id, instance_id, name, input FROM durable_task WHERE number = ?1",
            row => new ActivityTask(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3), row.GetString(4), row.GetString(5), TextOrNull(row, 6)),
            number);

    /// <summary>The next timers from one on, nearest first.</summary>
    public static List<TimerEntry> Timers(SqliteSession session, TimerEntry from, int limit) =>
        session.Query(
            """
            SELECT due, instance_key, execution, task_id FROM durable_timer WHERE (due, instance_key, execution, task_id) >= (?1, ?2, ?3, ?4)
            ORDER BY due, instance_key, execution, task_id LIMIT ?5
            """,
            row => new TimerEntry(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3)),
            from.Due,
            from.InstanceKey,
            from.Execution,
            from.TaskId,
            limit);

    /// <summary>Number and time of the last turn, or null before the first.</summary>
    public static (int Number, long Time)? LastTurn(SqliteSession session, long key) =>
        session.QueryFirst<(int, long)?>("SELECT turn, time FROM durable_history WHERE instance_key = ?1 ORDER BY turn DESC LIMIT 1", row => (row.GetInt32(0), row.GetInt64(1)), key);

    /// <summary>The highest number in use in the inbox or among the tasks.</summary>
    public static long LastNumber(SqliteSession session) =>
        session.QueryFirst("SELECT max(ifnull((SELECT max(number) FROM durable_inbox), 0), ifnull((SELECT max(number) FROM durable_task), 0))", row => row.GetInt64(0));

    /// <summary>The text of a column, or null.</summary>
    public static string? TextOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static InstanceRow ToInstance(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        (OrchestrationRuntimeStatus)row.GetInt32(3),
        row.GetInt32(4),
        row.GetInt32(5) != 0,
        TextOrNull(row, 6),
        TextOrNull(row, 7),
        row.IsDBNull(8) ? null : new ParentLink(row.GetInt64(8), row.GetInt32(9), row.GetInt32(10), row.GetString(11), row.GetString(12)));

    private static Mail ToMail(SqliteDataReader row)
    {
        var number = row.GetInt64(0);
        var content = new HistoryEvent((EventKind)row.GetInt32(2), row.GetInt32(3), TextOrNull(row, 4), TextOrNull(row, 5), number);
        return new Mail(content, row.GetInt32(1), MailSource.Inbox, number);
    }
}
