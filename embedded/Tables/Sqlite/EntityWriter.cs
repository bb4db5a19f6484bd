using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>Applies the writes of one request: first checks them all, then writes them all, so that a refusal leaves nothing to undo.</summary>
internal sealed class EntityWriter(TimeProvider clock)
{
    // Only the store's writer thread runs Apply, so the last stamp needs no lock; a second run of the same work only skips ahead.
    private long _lastStamp;

    /// <summary>Applies the writes, which must differ in their keys.</summary>
    public WriteOutcome Apply(SqliteSession session, string table, ReadOnlySpan<PreparedWrite> writes)
    {
        if (TableSchema.FindTable(session, table) is not { } tableId)
        {
            return new(TableError.TableNotFound, 0, []);
        }

        var bodies = new byte[writes.Length][];
        var stamps = new long[writes.Length];
        for (var i = 0; i < writes.Length; i++)
        {
            var stored = NeedsNoLook(writes[i].Write) ? null : Find(session, tableId, writes[i]);
            if (Refusal(writes[i].Write, stored?.Stamp) is { } refusal)
            {
                return new(refusal, i, []);
            }

            if (writes[i].Write.Kind == WriteKind.Merge && stored?.Body is { } body)
            {
                var merged = EntityBlob.Merge(EntityBlob.Decode(body), writes[i].Write.Properties);
                if (EntityLimits.CheckSize(writes[i].Write, merged) is { } tooLarge)
                {
                    return new(tooLarge, i, []);
                }

                bodies[i] = EntityBlob.Encode(merged);
            }
            else
            {
                bodies[i] = writes[i].Body;
            }

            stamps[i] = _lastStamp = Math.Max(Math.Max(clock.GetUtcNow().UtcTicks, _lastStamp + 1), (stored?.Stamp ?? 0) + 1);
        }

        for (var i = 0; i < writes.Length; i++)
        {
            Write(session, tableId, writes[i], stamps[i], bodies[i]);
        }

        return new(null, 0, stamps);
    }

    /// <summary>True for a write that happens whatever is stored.</summary>
    private static bool NeedsNoLook(TableWrite write) => write.Kind is WriteKind.Replace or WriteKind.Delete && write.IfMatch is null;

    private static StoredEntity? Find(SqliteSession session, long tableId, PreparedWrite write) => write.Write.Kind == WriteKind.Merge
        ? session.QueryFirst(
            "SELECT stamp, body FROM tables_entity WHERE table_id = ?1 AND pk = ?2 AND rk = ?3",
            static row => new StoredEntity(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            tableId,
            write.PartitionKey,
            write.RowKey)
        : session.QueryFirst(
            "SELECT stamp FROM tables_entity WHERE table_id = ?1 AND pk = ?2 AND rk = ?3",
            static row => new StoredEntity(row.GetInt64(0), null),
            tableId,
            write.PartitionKey,
            write.RowKey);

    private static TableError? Refusal(TableWrite write, long? stamp)
    {
        if (write.Kind == WriteKind.Insert)
        {
            return stamp is null ? null : TableError.EntityAlreadyExists;
        }

        return (write.IfMatch, stamp) switch
        {
            (null, _) => null,
            (_, null) => TableError.ResourceNotFound,
            ("*", _) => null,
            var (required, current) => required == EntityVersion.ETag(current.Value) ? null : TableError.UpdateConditionNotSatisfied,
        };
    }

    private static void Write(SqliteSession session, long tableId, PreparedWrite write, long stamp, byte[] body)
    {
        if (write.Write.Kind == WriteKind.Delete)
        {
            session.Execute("DELETE FROM tables_entity WHERE table_id = ?1 AND pk = ?2 AND rk = ?3", tableId, write.PartitionKey, write.RowKey);
            return;
        }

        session.Execute(
            "INSERT INTO tables_entity VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (table_id, pk, rk) DO UPDATE SET stamp = ?4, body = ?5",
            tableId,
            write.PartitionKey,
            write.RowKey,
            stamp,
            body);
    }

    private sealed record StoredEntity(long Stamp, byte[]? Body);
}

/// <summary>A write whose keys and body are bytes already, so that the writer thread has less to do.</summary>
internal readonly record struct PreparedWrite(TableWrite Write, byte[] PartitionKey, byte[] RowKey, byte[] Body)
{
    public static PreparedWrite Of(TableWrite write) =>
        new(write, KeyBytes.Encode(write.PartitionKey), KeyBytes.Encode(write.RowKey), write.Kind == WriteKind.Delete ? [] : EntityBlob.Encode(write.Properties));
}

/// <param name="Refusal">Why nothing was written; null when everything was.</param>
/// <param name="RefusedAction">Index of the write to blame.</param>
/// <param name="Stamps">The new stamp of each entity.</param>
internal sealed record WriteOutcome(TableError? Refusal, int RefusedAction, long[] Stamps);
