using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>An expired message, and where the look through the expired ones stands after it.</summary>
internal readonly record struct ExpiredMessage(long Expires, long SequenceNumber, long Queue, string? Session, int Deliveries, byte[]? Changes);

/// <summary>The statements about what is due at an instant: scheduled messages that enter, and messages that expire.</summary>
internal static class TimedSql
{
    private const string NotYetSeen = "(expires > ?1 OR (expires = ?1 AND seq > ?2))";

    /// <summary>The next city instant at which something is due, leaving out expired messages already seen.</summary>
    public static DateTimeOffset? NextDue(SqliteSession s, ExpiredMessage seen)
    {
        var due = s.QueryFirst("SELECT min(due) FROM sb_message WHERE state = 2", row => row.IsDBNull(0) ? long.MaxValue : row.GetInt64(0));
        var expires = s.QueryFirst(
            $"SELECT min(expires) FROM sb_message WHERE expires IS NOT NULL AND {NotYetSeen}", row => row.IsDBNull(0) ? long.MaxValue : row.GetInt64(0), seen.Expires, seen.SequenceNumber);
        var next = Math.Min(due, expires);
        return next == long.MaxValue ? null : new DateTimeOffset(next, TimeSpan.Zero);
    }

    /// <summary>Appends up to <paramref name="limit"/> due messages to their queues; returns each one's queue and session.</summary>
    public static List<(long Queue, string? Session)> ActivateDue(SqliteSession s, DateTimeOffset now, int limit)
    {
        var due = s.Query(
            "SELECT seq, queue, session, ttl FROM sb_message WHERE state = 2 AND due <= ?1 ORDER BY due, seq LIMIT ?2",
            row => (Seq: row.GetInt64(0), Queue: row.GetInt64(1), Session: row.IsDBNull(2) ? null : row.GetString(2), Ttl: new TimeSpan(row.GetInt64(3))),
            now.UtcTicks,
            limit);
        foreach (var (seq, _, _, ttl) in due)
        {
            s.Execute(
                """
                INSERT INTO sb_message (queue, state, session, deliveries, enqueued, ttl, expires, due, origin, annotations, changes, bare)
                SELECT queue, 0, session, deliveries, ?2, ttl, ?3, due, seq, annotations, changes, bare FROM sb_message WHERE seq = ?1
                """,
                seq,
                now.UtcTicks,
                ttl >= DateTimeOffset.MaxValue - now ? null : (now + ttl).UtcTicks);
            MessageSql.Delete(s, seq);
        }

        return due.ConvertAll(row => (row.Queue, row.Session));
    }

    /// <summary>Messages expired by <paramref name="now"/>, in the order of expiry, after the last one seen.</summary>
    public static List<ExpiredMessage> Expired(SqliteSession s, ExpiredMessage seen, DateTimeOffset now, int limit) => s.Query(
        $"SELECT expires, seq, queue, session, deliveries, changes FROM sb_message WHERE expires IS NOT NULL AND {NotYetSeen} AND expires <= ?3 ORDER BY expires, seq LIMIT ?4",
        row => new ExpiredMessage(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetInt32(4), row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5)),
        seen.Expires,
        seen.SequenceNumber,
        now.UtcTicks,
        limit);
}
