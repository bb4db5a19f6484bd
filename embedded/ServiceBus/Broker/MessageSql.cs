using CityBrain.Embedded.ServiceBus.Messages;
using CityBrain.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>
/// The statements about messages. Sequence numbers are given by the one writer, so they grow in the order of commits, and a message that
/// enters a queue, by whichever way, gets a new one: a reader that has seen all up to one number never misses a message by asking for
/// greater ones. Instants are city ticks (UTC).
/// </summary>
internal static class MessageSql
{
    private const string Columns = "seq, state, session, deliveries, enqueued, ttl, due, origin, annotations, changes, bare";

    /// <summary>Returns the sequence number.</summary>
    public static long Insert(SqliteSession s, long queue, string? session, DateTimeOffset enqueued, TimeSpan ttl, DateTimeOffset? due, IncomingMessage message)
    {
        s.Execute(
            "INSERT INTO sb_message (queue, state, session, deliveries, enqueued, ttl, expires, due, origin, annotations, bare) VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, 0, ?8, ?9)",
            queue,
            due is null ? MessageState.Active : MessageState.Scheduled,
            session,
            enqueued.UtcTicks,
            ttl.Ticks,
            due is null ? Expiry(enqueued, ttl) : null,
            due?.UtcTicks,
            message.Annotations,
            message.Bare);
        return s.LastInsertedRowId;
    }

    /// <summary>Puts a message back in its old place that was deleted and could not be handed over.</summary>
    public static void Restore(SqliteSession s, long queue, StoredMessage message) => s.Execute(
        "INSERT INTO sb_message VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        message.SequenceNumber,
        queue,
        message.State,
        message.SessionId,
        message.DeliveryCount,
        message.EnqueuedTime.UtcTicks,
        message.TimeToLive.Ticks,
        Expiry(message.EnqueuedTime, message.TimeToLive),
        message.ScheduledTime?.UtcTicks,
        message.EnqueuedSequenceNumber,
        message.Annotations,
        message.Changes,
        message.Bare);

    /// <summary>Active messages after a sequence number, in order.</summary>
    public static List<StoredMessage> Active(SqliteSession s, long queue, string? session, long after, int limit) => session is null
        ? s.Query($"SELECT {Columns} FROM sb_message WHERE queue = ?1 AND state = 0 AND seq > ?2 ORDER BY seq LIMIT ?3", Map, queue, after, limit)
        : s.Query($"SELECT {Columns} FROM sb_message WHERE queue = ?1 AND session = ?2 AND state = 0 AND seq > ?3 ORDER BY seq LIMIT ?4", Map, queue, session, after, limit);

    public static StoredMessage? Deferred(SqliteSession s, long queue, string? session, long seq) => s.QueryFirst(
        $"SELECT {Columns} FROM sb_message WHERE seq = ?1 AND queue = ?2 AND state = 1 AND session IS ?3", Map, seq, queue, session);

    /// <summary>Messages in any state from a sequence number on, in order.</summary>
    public static List<StoredMessage> Peek(SqliteSession s, long queue, long from, int limit, string? session)
    {
        static string Branch(int state) =>
            $"SELECT * FROM (SELECT * FROM sb_message WHERE queue = ?1 AND state = {state} AND seq >= ?2 AND (?4 IS NULL OR session = ?4) ORDER BY seq LIMIT ?3)";
        return s.Query($"SELECT {Columns} FROM ({Branch(0)} UNION ALL {Branch(1)} UNION ALL {Branch(2)}) ORDER BY seq LIMIT ?3", Map, queue, from, limit, session);
    }

    /// <summary>Numbers of active messages that entered before an instant, in order.</summary>
    public static List<long> ActiveBefore(SqliteSession s, long queue, string? session, DateTimeOffset before, int limit) => s.Query(
        "SELECT seq FROM sb_message WHERE queue = ?1 AND state = 0 AND enqueued < ?2 AND (?4 IS NULL OR session = ?4) ORDER BY seq LIMIT ?3", row => row.GetInt64(0), queue, before.UtcTicks, limit, session);

    public static bool Delete(SqliteSession s, long seq) => s.Execute("DELETE FROM sb_message WHERE seq = ?1", seq) == 1;

    public static void Defer(SqliteSession s, long seq, int deliveries, byte[]? changes) =>
        s.Execute("UPDATE sb_message SET state = 1, deliveries = ?2, changes = ?3 WHERE seq = ?1", seq, deliveries, changes);

    public static void GiveBack(SqliteSession s, long seq, int deliveries, byte[]? changes) =>
        s.Execute("UPDATE sb_message SET deliveries = ?2, changes = ?3 WHERE seq = ?1", seq, deliveries, changes);

    /// <summary>Appends the message to the dead-letter queue, where it lives for ever and belongs to no session. Nothing happens when it is gone.</summary>
    public static void MoveToDeadLetter(SqliteSession s, long queue, long seq, int deliveries, byte[]? changes)
    {
        s.Execute(
            """
            INSERT INTO sb_message (queue, state, session, deliveries, enqueued, ttl, expires, due, origin, annotations, changes, bare)
            SELECT ?2, 0, NULL, ?3, enqueued, ?5, NULL, NULL, seq, annotations, ?4, bare FROM sb_message WHERE seq = ?1
            """,
            seq,
            -queue,
            deliveries,
            changes,
            TimeSpan.MaxValue.Ticks);
        Delete(s, seq);
    }

    public static bool CancelScheduled(SqliteSession s, long queue, long seq) => s.Execute("DELETE FROM sb_message WHERE seq = ?1 AND queue = ?2 AND state = 2", seq, queue) == 1;

    public static StoredMessage Map(SqliteDataReader row) => new()
    {
        SequenceNumber = row.GetInt64(0),
        State = (MessageState)row.GetInt32(1),
        SessionId = row.IsDBNull(2) ? null : row.GetString(2),
        DeliveryCount = row.GetInt32(3),
        EnqueuedTime = new DateTimeOffset(row.GetInt64(4), TimeSpan.Zero),
        TimeToLive = new TimeSpan(row.GetInt64(5)),
        ScheduledTime = row.IsDBNull(6) ? null : new DateTimeOffset(row.GetInt64(6), TimeSpan.Zero),
        EnqueuedSequenceNumber = row.GetInt64(7),
        Annotations = Bytes(row, 8),
        Changes = Bytes(row, 9),
        Bare = Bytes(row, 10) ?? [],
    };

    private static byte[]? Bytes(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    private static long? Expiry(DateTimeOffset enqueued, TimeSpan ttl) => ttl >= DateTimeOffset.MaxValue - enqueued ? null : (enqueued + ttl).UtcTicks;
}
