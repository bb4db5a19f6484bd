using System.Text.Json;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.Storage;
using Microsoft.Data.Sqlite;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>
/// The statements of the broker. A queue's number is positive, and its negative is the number of its dead-letter queue. Sequence numbers
/// are given by the one writer, so they grow in the order of commits, and a message that enters a queue, by whichever way, gets a new one:
/// a reader that has seen all up to one number never misses a message by asking for greater ones.
/// </summary>
internal static class MessageSql
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS sb_queue (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, options TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS sb_message (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL, state INTEGER NOT NULL, session TEXT, deliveries INTEGER NOT NULL,
            enqueued INTEGER NOT NULL, ttl INTEGER NOT NULL, due INTEGER, origin INTEGER NOT NULL, header BLOB NOT NULL, body BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS sb_message_order ON sb_message (queue, state, seq);
        CREATE INDEX IF NOT EXISTS sb_message_session ON sb_message (queue, session, seq) WHERE state = 0 AND session IS NOT NULL;
        CREATE INDEX IF NOT EXISTS sb_message_due ON sb_message (due) WHERE state = 2;
        CREATE TABLE IF NOT EXISTS sb_sent (queue INTEGER NOT NULL, message_id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (queue, message_id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS sb_sent_at ON sb_sent (queue, at);
        CREATE TABLE IF NOT EXISTS sb_session (queue INTEGER NOT NULL, session TEXT NOT NULL, state BLOB NOT NULL, PRIMARY KEY (queue, session)) WITHOUT ROWID;
        """;

    /// <summary>Most ids that one call of <see cref="Forget"/> removes.</summary>
    public const int ForgottenAtOnce = 1000;

    private const string Columns = "seq, state, deliveries, enqueued, ttl, due, origin, header, body";

    public static List<(long Id, QueueOptions Options)> Queues(SqliteSession s) =>
        s.Query("SELECT id, options FROM sb_queue", row => (row.GetInt64(0), JsonSerializer.Deserialize<QueueOptions>(row.GetString(1))!));

    /// <summary>Creates or changes a queue; returns its number.</summary>
    /// <exception cref="InvalidOperationException">It has messages, and they were stored with sessions and should be without, or the reverse.</exception>
    public static long Declare(SqliteSession s, QueueOptions options)
    {
        var existing = s.QueryFirst("SELECT id, options FROM sb_queue WHERE name = ?1", row => (Id: row.GetInt64(0), Options: row.GetString(1)), options.Name);
        if (existing.Options is { } stored
            && JsonSerializer.Deserialize<QueueOptions>(stored)!.RequiresSession != options.RequiresSession
            && s.QueryFirst("SELECT 1 FROM sb_message WHERE queue = ?1 LIMIT 1", row => row.GetInt32(0), existing.Id) == 1)
        {
            throw new InvalidOperationException($"RequiresSession of the queue '{options.Name}' cannot change while it has messages: empty it first, or use another name.");
        }

        s.Execute("INSERT INTO sb_queue (name, options) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET options = excluded.options", options.Name, JsonSerializer.Serialize(options));
        return s.QueryFirst("SELECT id FROM sb_queue WHERE name = ?1", row => row.GetInt64(0), options.Name);
    }

    public static void Insert(SqliteSession s, long queue, string? session, DateTimeOffset enqueued, TimeSpan ttl, DateTimeOffset? due, OutgoingMessage message) =>
        s.Execute(
            "INSERT INTO sb_message (queue, state, session, deliveries, enqueued, ttl, due, origin, header, body) VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, 0, ?7, ?8)",
            queue,
            due is null ? 0 : 2,
            session,
            enqueued.UtcTicks,
            ttl.Ticks,
            due?.UtcTicks,
            message.Header,
            Bytes(message.Content.Body));

    public static long LastInserted(SqliteSession s) => s.QueryFirst("SELECT last_insert_rowid()", row => row.GetInt64(0));

    /// <summary>False when the id was already sent after <paramref name="windowStart"/>; otherwise remembers it.</summary>
    public static bool Remember(SqliteSession s, long queue, string messageId, DateTimeOffset now, DateTimeOffset windowStart) =>
        s.Execute(
            "INSERT INTO sb_sent VALUES (?1, ?2, ?3) ON CONFLICT (queue, message_id) DO UPDATE SET at = excluded.at WHERE at <= ?4",
            queue,
            messageId,
            now.UtcTicks,
            windowStart.UtcTicks) == 1;

    public static int Forget(SqliteSession s, long queue, DateTimeOffset windowStart) => s.Execute(
        "DELETE FROM sb_sent WHERE queue = ?1 AND message_id IN (SELECT message_id FROM sb_sent WHERE queue = ?1 AND at <= ?2 LIMIT ?3)", queue, windowStart.UtcTicks, ForgottenAtOnce);

    /// <summary>Active messages after a sequence number, in order.</summary>
    public static List<StoredMessage> Active(SqliteSession s, long queue, string? session, long after, int limit) => session is null
        ? s.Query($"SELECT {Columns} FROM sb_message WHERE queue = ?1 AND state = 0 AND seq > ?2 ORDER BY seq LIMIT ?3", Map, queue, after, limit)
        : s.Query($"SELECT {Columns} FROM sb_message WHERE queue = ?1 AND session = ?2 AND state = 0 AND seq > ?3 ORDER BY seq LIMIT ?4", Map, queue, session, after, limit);

    public static StoredMessage? Deferred(SqliteSession s, long queue, string? session, long seq) => s.QueryFirst(
        $"SELECT {Columns} FROM sb_message WHERE seq = ?1 AND queue = ?2 AND state = 1 AND session IS ?3", Map, seq, queue, session);

    public static List<StoredMessage> Peek(SqliteSession s, long queue, long from, int limit, string? session) => s.Query(
        $"""
        SELECT {Columns} FROM (
            SELECT * FROM (SELECT * FROM sb_message WHERE queue = ?1 AND state = 0 AND seq >= ?2 AND (?4 IS NULL OR session = ?4) ORDER BY seq LIMIT ?3)
            UNION ALL SELECT * FROM (SELECT * FROM sb_message WHERE queue = ?1 AND state = 1 AND seq >= ?2 AND (?4 IS NULL OR session = ?4) ORDER BY seq LIMIT ?3)
            UNION ALL SELECT * FROM (SELECT * FROM sb_message WHERE queue = ?1 AND state = 2 AND seq >= ?2 AND (?4 IS NULL OR session = ?4) ORDER BY seq LIMIT ?3))
        ORDER BY seq LIMIT ?3
        """,
        Map,
        queue,
        from,
        limit,
        session);

    /// <summary>The first session with an active message whose name is greater than <paramref name="after"/>.</summary>
    public static string? NextSession(SqliteSession s, long queue, string after) => s.QueryFirst(
        "SELECT session FROM sb_message WHERE queue = ?1 AND session > ?2 AND state = 0 AND session IS NOT NULL ORDER BY session LIMIT 1", row => row.GetString(0), queue, after);

    public static void CountDelivery(SqliteSession s, IReadOnlyList<long> sequenceNumbers)
    {
        if (sequenceNumbers.Count == 1)
        {
            s.Execute("UPDATE sb_message SET deliveries = deliveries + 1 WHERE seq = ?1", sequenceNumbers[0]);
        }
        else if (sequenceNumbers.Count > 1)
        {
            s.Execute("UPDATE sb_message SET deliveries = deliveries + 1 WHERE seq IN (SELECT value FROM json_each(?1))", JsonSerializer.Serialize(sequenceNumbers));
        }
    }

    public static void Delete(SqliteSession s, IReadOnlyList<long> sequenceNumbers)
    {
        if (sequenceNumbers.Count == 1)
        {
            s.Execute("DELETE FROM sb_message WHERE seq = ?1", sequenceNumbers[0]);
        }
        else if (sequenceNumbers.Count > 1)
        {
            s.Execute("DELETE FROM sb_message WHERE seq IN (SELECT value FROM json_each(?1))", JsonSerializer.Serialize(sequenceNumbers));
        }
    }

    public static void Defer(SqliteSession s, long seq, byte[] header) => s.Execute("UPDATE sb_message SET state = 1, header = ?2 WHERE seq = ?1", seq, header);

    public static void SetHeader(SqliteSession s, long seq, byte[] header) => s.Execute("UPDATE sb_message SET header = ?2 WHERE seq = ?1", seq, header);

    /// <summary>Appends the message to the dead-letter queue, where it lives for ever and belongs to no session.</summary>
    public static void MoveToDeadLetter(SqliteSession s, long queue, long seq, byte[] header)
    {
        s.Execute(
            """
            INSERT INTO sb_message (queue, state, session, deliveries, enqueued, ttl, due, origin, header, body)
            SELECT ?2, 0, NULL, deliveries, enqueued, ?4, NULL, seq, ?3, body FROM sb_message WHERE seq = ?1
            """,
            seq,
            -queue,
            header,
            TimeSpan.MaxValue.Ticks);
        s.Execute("DELETE FROM sb_message WHERE seq = ?1", seq);
    }

    public static bool CancelScheduled(SqliteSession s, long queue, long seq) => s.Execute("DELETE FROM sb_message WHERE seq = ?1 AND queue = ?2 AND state = 2", seq, queue) == 1;

    public static DateTimeOffset? NextDue(SqliteSession s) => s.QueryFirst("SELECT min(due) FROM sb_message WHERE state = 2", row => Instant(row, 0));

    /// <summary>Appends up to <paramref name="limit"/> due messages to their queues; returns each one's queue and session.</summary>
    public static List<(long Queue, string? Session)> ActivateDue(SqliteSession s, DateTimeOffset now, int limit)
    {
        var due = s.Query(
            "SELECT seq, queue, session FROM sb_message WHERE state = 2 AND due <= ?1 ORDER BY due, seq LIMIT ?2",
            row => (Seq: row.GetInt64(0), Queue: row.GetInt64(1), Session: row.IsDBNull(2) ? null : row.GetString(2)),
            now.UtcTicks,
            limit);
        foreach (var (seq, _, _) in due)
        {
            s.Execute(
                """
                INSERT INTO sb_message (queue, state, session, deliveries, enqueued, ttl, due, origin, header, body)
                SELECT queue, 0, session, deliveries, ?2, ttl, due, seq, header, body FROM sb_message WHERE seq = ?1
                """,
                seq,
                now.UtcTicks);
            s.Execute("DELETE FROM sb_message WHERE seq = ?1", seq);
        }

        return due.ConvertAll(row => (row.Queue, row.Session));
    }

    public static byte[]? SessionState(SqliteSession s, long queue, string session) =>
        s.QueryFirst("SELECT state FROM sb_session WHERE queue = ?1 AND session = ?2", row => row.GetFieldValue<byte[]>(0), queue, session);

    public static void SetSessionState(SqliteSession s, long queue, string session, byte[]? state)
    {
        if (state is null)
        {
            s.Execute("DELETE FROM sb_session WHERE queue = ?1 AND session = ?2", queue, session);
        }
        else
        {
            s.Execute("INSERT INTO sb_session VALUES (?1, ?2, ?3) ON CONFLICT (queue, session) DO UPDATE SET state = excluded.state", queue, session, state);
        }
    }

    private static StoredMessage Map(SqliteDataReader row) => new()
    {
        SequenceNumber = row.GetInt64(0),
        State = (ServiceBusMessageState)row.GetInt32(1),
        DeliveryCount = row.GetInt32(2),
        EnqueuedTime = new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero),
        TimeToLive = new TimeSpan(row.GetInt64(4)),
        ScheduledTime = Instant(row, 5),
        EnqueuedSequenceNumber = row.GetInt64(6),
        Content = MessageHeader.Decode(row.GetFieldValue<byte[]>(7), row.GetFieldValue<byte[]>(8)),
    };

    private static DateTimeOffset? Instant(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : new DateTimeOffset(row.GetInt64(column), TimeSpan.Zero);

    /// <summary>The body as an array of its own length, copied only when it is a part of a larger one.</summary>
    private static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(body, out var part) && part.Array is { } array && part.Offset == 0 && part.Count == array.Length ? array : body.ToArray();
}
