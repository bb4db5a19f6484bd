using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>
/// Tables of the broker, and the statements about queues and sessions. A queue's number is positive, and its negative is the number of
/// its dead-letter queue.
/// </summary>
internal static class QueueSql
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS sb_queue (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, sessions INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS sb_message (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL, state INTEGER NOT NULL, session TEXT, deliveries INTEGER NOT NULL, enqueued INTEGER NOT NULL,
            ttl INTEGER NOT NULL, expires INTEGER, due INTEGER, origin INTEGER NOT NULL, annotations BLOB, changes BLOB, bare BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS sb_message_order ON sb_message (queue, state, seq);
        CREATE INDEX IF NOT EXISTS sb_message_session ON sb_message (queue, session, seq) WHERE state = 0 AND session IS NOT NULL;
        CREATE INDEX IF NOT EXISTS sb_message_due ON sb_message (due) WHERE state = 2;
        CREATE INDEX IF NOT EXISTS sb_message_expires ON sb_message (expires) WHERE expires IS NOT NULL;
        CREATE TABLE IF NOT EXISTS sb_sent (queue INTEGER NOT NULL, message_id TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (queue, message_id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS sb_sent_at ON sb_sent (queue, at);
        CREATE TABLE IF NOT EXISTS sb_session (queue INTEGER NOT NULL, session TEXT NOT NULL, state BLOB NOT NULL, changed INTEGER NOT NULL, PRIMARY KEY (queue, session)) WITHOUT ROWID;
        """;

    /// <summary>Most ids that one call of <see cref="Forget"/> removes.</summary>
    public const int ForgottenAtOnce = 1000;

    /// <summary>Creates the queue or finds it; returns its number.</summary>
    /// <exception cref="InvalidOperationException">It has messages that were stored with sessions and should be without, or the reverse.</exception>
    public static long Declare(SqliteSession s, QueueOptions options)
    {
        var (id, sessions) = s.QueryFirst("SELECT id, sessions FROM sb_queue WHERE name = ?1", row => (row.GetInt64(0), row.GetBoolean(1)), options.Name);
        if (id != 0 && sessions != options.RequiresSession && s.QueryFirst("SELECT 1 FROM sb_message WHERE queue = ?1 LIMIT 1", row => row.GetInt32(0), id) == 1)
        {
            throw new InvalidOperationException($"RequiresSession of the queue '{options.Name}' cannot change while it has messages: empty it first, or use another name.");
        }

        s.Execute("INSERT INTO sb_queue (name, sessions) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET sessions = excluded.sessions", options.Name, options.RequiresSession);
        return s.QueryFirst("SELECT id FROM sb_queue WHERE name = ?1", row => row.GetInt64(0), options.Name);
    }

    /// <summary>False when the id was already sent after <paramref name="windowStart"/>; otherwise remembers it. Instants are real.</summary>
    public static bool Remember(SqliteSession s, long queue, string messageId, DateTimeOffset now, DateTimeOffset windowStart) =>
        s.Execute(
            "INSERT INTO sb_sent VALUES (?1, ?2, ?3) ON CONFLICT (queue, message_id) DO UPDATE SET at = excluded.at WHERE at <= ?4",
            queue,
            messageId,
            now.UtcTicks,
            windowStart.UtcTicks) == 1;

    public static int Forget(SqliteSession s, long queue, DateTimeOffset windowStart) => s.Execute(
        "DELETE FROM sb_sent WHERE queue = ?1 AND message_id IN (SELECT message_id FROM sb_sent WHERE queue = ?1 AND at <= ?2 LIMIT ?3)", queue, windowStart.UtcTicks, ForgottenAtOnce);

    /// <summary>The first session with an active message whose name is greater than <paramref name="after"/>.</summary>
    public static string? NextSession(SqliteSession s, long queue, string after) => s.QueryFirst(
        "SELECT session FROM sb_message WHERE queue = ?1 AND session > ?2 AND state = 0 AND session IS NOT NULL ORDER BY session LIMIT 1", row => row.GetString(0), queue, after);

    /// <summary>Names of sessions with active messages, in order.</summary>
    public static List<string> Sessions(SqliteSession s, long queue, int skip, int top) => s.Query(
        "SELECT DISTINCT session FROM sb_message WHERE queue = ?1 AND state = 0 AND session IS NOT NULL ORDER BY session LIMIT ?3 OFFSET ?2", row => row.GetString(0), queue, skip, top);

    /// <summary>Names of sessions whose state was set after a city instant, in order.</summary>
    public static List<string> SessionsChanged(SqliteSession s, long queue, DateTimeOffset since, int skip, int top) => s.Query(
        "SELECT session FROM sb_session WHERE queue = ?1 AND changed > ?2 ORDER BY session LIMIT ?4 OFFSET ?3", row => row.GetString(0), queue, since.UtcTicks, skip, top);

    public static byte[]? SessionState(SqliteSession s, long queue, string session) =>
        s.QueryFirst("SELECT state FROM sb_session WHERE queue = ?1 AND session = ?2", row => row.GetFieldValue<byte[]>(0), queue, session);

    public static void SetSessionState(SqliteSession s, long queue, string session, byte[]? state, DateTimeOffset now)
    {
        if (state is null)
        {
            s.Execute("DELETE FROM sb_session WHERE queue = ?1 AND session = ?2", queue, session);
        }
        else
        {
            s.Execute(
                "INSERT INTO sb_session VALUES (?1, ?2, ?3, ?4) ON CONFLICT (queue, session) DO UPDATE SET state = excluded.state, changed = excluded.changed",
                queue,
                session,
                state,
                now.UtcTicks);
        }
    }
}
