using System.Collections.Immutable;
using System.Text.Json;
using CityBrain.Embedded.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Durable;

/// <summary>Reads metadata of instances.</summary>
internal static class InstanceQueries
{
    private const int LargestPage = 1000;
    private const int PurgePage = 500;

    private const string Columns =
        "i.id, i.name, i.status, i.created, max(i.updated, ifnull((SELECT h.time FROM durable_history h WHERE h.instance_key = i.key ORDER BY h.turn DESC LIMIT 1), 0)),"
        + " i.tags, i.input, i.output, i.custom_status, i.failure";

    // Every filter is optional: a null argument lets everything through. Statuses are a bit mask.
    private const string CreatedAndStatus =
        "(?1 IS NULL OR i.created >= ?1) AND (?2 IS NULL OR i.created <= ?2) AND (?3 IS NULL OR (?3 >> i.status) & 1 = 1)";

    /// <summary>One instance, or null.</summary>
    public static OrchestrationMetadata? One(SqliteSession session, string id, DataConverter? converter) =>
        session.QueryFirst($"SELECT {Columns} FROM durable_instance i WHERE i.id = ?1", row => ToMetadata(row, converter), id);

    /// <summary>One page of the instances that a query lets through, in order of id; the token is the last id.</summary>
    public static Page<OrchestrationMetadata> Page(SqliteSession session, OrchestrationQuery query, string? token, int size, DataConverter converter)
    {
        var limit = Math.Clamp(size, 1, LargestPage);
        var prefix = query.InstanceIdPrefix ?? string.Empty;
        var found = session.Query(
            $"SELECT {Columns} FROM durable_instance i WHERE {CreatedAndStatus} AND i.id > ?4 AND i.id >= ?5 AND (?6 IS NULL OR i.id < ?6) ORDER BY i.id LIMIT ?7",
            row => ToMetadata(row, query.FetchInputsAndOutputs ? converter : null),
            query.CreatedFrom?.UtcTicks,
            query.CreatedTo?.UtcTicks,
            Mask(query.Statuses),
            token ?? string.Empty,
            prefix,
            AfterPrefix(prefix),
            (long)limit + 1);
        return found.Count > limit
            ? new Page<OrchestrationMetadata>(found.GetRange(0, limit), found[limit - 1].InstanceId)
            : new Page<OrchestrationMetadata>(found);
    }

    /// <summary>The next keys after <paramref name="after"/> of instances that have ended and that a filter lets through.</summary>
    public static List<long> Ended(SqliteSession session, PurgeInstancesFilter filter, long after) =>
        session.Query(
            $"SELECT i.key FROM durable_instance i WHERE {CreatedAndStatus} AND i.status IN (1, 3, 5) AND i.key > ?4 ORDER BY i.key LIMIT ?5",
            row => row.GetInt64(0),
            filter.CreatedFrom?.UtcTicks,
            filter.CreatedTo?.UtcTicks,
            Mask(filter.Statuses),
            after,
            (long)PurgePage);

    private static long? Mask(IEnumerable<OrchestrationRuntimeStatus>? statuses)
    {
        var mask = statuses?.Aggregate(0L, (all, status) => all | (1L << (int)status)) ?? 0;
        return mask == 0 ? null : mask;
    }

    /// <summary>The first id after all that begin with the prefix; ids compare by UTF-8 bytes, so the greatest code point closes the range.</summary>
    private static string? AfterPrefix(string prefix) => prefix.Length == 0 ? null : prefix + char.ConvertFromUtf32(0x10FFFF);

    private static OrchestrationMetadata ToMetadata(SqliteDataReader row, DataConverter? converter) => new(row.GetString(1), row.GetString(0))
    {
        RuntimeStatus = (OrchestrationRuntimeStatus)row.GetInt32(2),
        CreatedAt = new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero),
        LastUpdatedAt = new DateTimeOffset(row.GetInt64(4), TimeSpan.Zero),
        Tags = DurableReads.TextOrNull(row, 5) is { } tags ? JsonSerializer.Deserialize<Dictionary<string, string>>(tags)! : ImmutableDictionary<string, string>.Empty,
        DataConverter = converter,
        SerializedInput = converter is null ? null : DurableReads.TextOrNull(row, 6),
        SerializedOutput = converter is null ? null : DurableReads.TextOrNull(row, 7),
        SerializedCustomStatus = converter is null ? null : DurableReads.TextOrNull(row, 8),
        FailureDetails = converter is not null && DurableReads.TextOrNull(row, 9) is { } failure ? Failures.Deserialize(failure) : null,
    };
}
