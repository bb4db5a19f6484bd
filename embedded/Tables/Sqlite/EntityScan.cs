using System.Globalization;
using System.Text;
using CityBrain.Embedded.Storage;
using CityBrain.Embedded.Tables.Entities;
using CityBrain.Embedded.Tables.Filters;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>
/// Reads one page: a filter's key range becomes a range of the clustered index, read in pieces; the rest of the filter is applied in memory.
/// A page ends when it is full, so that the last one may be empty, or after <see cref="LongestWalk"/> rows even if it is not, as the
/// service ends one after five seconds.
/// </summary>
internal static class EntityScan
{
    internal const int LongestWalk = 20_000;
    private const int LargestPiece = 1024;

    private const string PointQuery = """
        SELECT t.id, e.stamp, e.body FROM tables_table t
        LEFT JOIN tables_entity e ON e.table_id = t.id AND e.pk = ?2 AND e.rk = ?3 WHERE t.name = ?1
        """;

    public static TableResult<EntityRecord> ReadPoint(SqliteSession session, string table, string partitionKey, string rowKey)
    {
        var found = session.QueryFirst(
            PointQuery,
            static row => row.IsDBNull(1) ? new FoundRow(null, []) : new FoundRow(row.GetInt64(1), row.GetFieldValue<byte[]>(2)),
            table,
            KeyBytes.Encode(partitionKey),
            KeyBytes.Encode(rowKey));
        return found is null ? TableError.TableNotFound
            : found.Stamp is { } stamp ? new EntityRecord(partitionKey, rowKey, stamp, EntityBlob.Decode(found.Body))
            : TableError.ResourceNotFound;
    }

    public static EntityPage ReadPage(SqliteSession session, long tableId, Filter? filter, int top, RowPosition? start)
    {
        var entities = new List<EntityRecord>();
        var range = filter?.Range ?? KeyRange.All;
        var walked = 0;
        List<EdmProperty>? likely = null;
        var piece = 0;
        for (var (position, inclusive) = (start, true); ; inclusive = false)
        {
            piece = Math.Min(LargestPiece, Math.Max(top - entities.Count + 1, piece * 2));
            var (sql, arguments) = Statement(tableId, range, position, inclusive, piece);
            var rows = session.Query(sql, static row => new StoredRow(row.GetFieldValue<byte[]>(0), row.GetFieldValue<byte[]>(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3)), arguments);
            foreach (var row in rows)
            {
                if (walked++ == LongestWalk || entities.Count == top)
                {
                    return new(entities, row.Position);
                }

                var entity = row.ToRecord(likely);
                likely = entity.Properties;
                if (filter?.Matches(entity) != false)
                {
                    entities.Add(entity);
                }
            }

            if (rows.Count < piece)
            {
                return new(entities, null);
            }

            position = rows[^1].Position;
        }
    }

    /// <summary>The next piece of the walk: equalities and bounds of the keys go into the index, whichever is tighter first.</summary>
    internal static (string Sql, object?[] Arguments) Statement(long tableId, KeyRange range, RowPosition? position, bool inclusive, int limit)
    {
        var sql = new StringBuilder("SELECT pk, rk, stamp, body FROM tables_entity WHERE table_id = ?1");
        var arguments = new List<object?> { tableId };
        if (range.Partition.IsPoint)
        {
            And("pk =", KeyBytes.Encode(range.Partition.Lower));
            if (position is { } last)
            {
                And(inclusive ? "rk >=" : "rk >", last.RowKey);
            }
            else
            {
                And(range.Row.LowerInclusive ? "rk >=" : "rk >", KeyBytes.Encode(range.Row.Lower));
            }

            if (range.Row.Upper is { } upper)
            {
                And(range.Row.UpperInclusive ? "rk <=" : "rk <", KeyBytes.Encode(upper));
            }
        }
        else
        {
            if (position is { } last)
            {
                sql.Append(CultureInfo.InvariantCulture, $" AND (pk, rk) {(inclusive ? ">=" : ">")} (?{arguments.Count + 1}, ?{arguments.Count + 2})");
                arguments.AddRange([last.PartitionKey, last.RowKey]);
            }
            else
            {
                And(range.Partition.LowerInclusive ? "pk >=" : "pk >", KeyBytes.Encode(range.Partition.Lower));
            }

            if (range.Partition.Upper is { } upper)
            {
                And(range.Partition.UpperInclusive ? "pk <=" : "pk <", KeyBytes.Encode(upper));
            }
        }

        arguments.Add(limit);
        sql.Append(CultureInfo.InvariantCulture, $" ORDER BY pk, rk LIMIT ?{arguments.Count}");
        return (sql.ToString(), [.. arguments]);

        void And(string comparison, byte[] key)
        {
            arguments.Add(key);
            sql.Append(CultureInfo.InvariantCulture, $" AND {comparison} ?{arguments.Count}");
        }
    }

    private sealed record StoredRow(byte[] PartitionKey, byte[] RowKey, long Stamp, byte[] Body)
    {
        public RowPosition Position => new(PartitionKey, RowKey);

        public EntityRecord ToRecord(List<EdmProperty>? likely) => new(KeyBytes.Decode(PartitionKey), KeyBytes.Decode(RowKey), Stamp, EntityBlob.Decode(Body, likely));
    }

    private sealed record FoundRow(long? Stamp, byte[] Body);
}
