using CityBrain.Embedded.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Reads the states of instances.</summary>
internal static class InstanceQueries
{
    private const int LargestPage = 1000;

    // A turn that changes nothing else of the row does not write it, so the time of the last turn counts too.
    private const string Updated =
        "max(updated, ifnull((SELECT h.time FROM hub_history h WHERE h.position >= key << 24 AND h.position < (key + 1) << 24 ORDER BY h.position DESC LIMIT 1), 0))";

    private const string Columns = $"id, name, version, status, start_at, created, {Updated}, execution_id, parent_id, tags";
    private const string Payloads = ", started, custom_status, output, failure";

    // Every filter is optional: a null argument lets everything through. Statuses are a bit mask.
    private const string CreatedAndStatus = "(?1 IS NULL OR created >= ?1) AND (?2 IS NULL OR created <= ?2) AND (?3 IS NULL OR (?3 >> status) & 1 = 1)";

    /// <summary>One instance, or null.</summary>
    public static OrchestrationState? One(SqliteSession session, string id, bool withPayloads) =>
        session.QueryFirst($"SELECT {Select(withPayloads)} FROM hub_instance WHERE id = ?1", row => ToState(row, withPayloads), id);

    /// <summary>One page of the instances that a query lets through, in order of id; the token is the last id.</summary>
    public static (List<OrchestrationState> Found, string? Token) Page(SqliteSession session, InstanceQuery query)
    {
        var limit = Math.Clamp(query.MaxInstanceCount, 1, LargestPage);
        var prefix = query.InstanceIdPrefix ?? string.Empty;
        var found = session.Query(
            $"SELECT {Select(query.FetchInputsAndOutputs)} FROM hub_instance WHERE {CreatedAndStatus} AND id > ?4 AND id >= ?5 AND (?6 IS NULL OR id < ?6) ORDER BY id LIMIT ?7",
            row => ToState(row, query.FetchInputsAndOutputs),
            HubTime.ToTicksOrNull(query.CreatedTimeFrom),
            HubTime.ToTicksOrNull(query.CreatedTimeTo),
            InstanceStatus.Mask(query.RuntimeStatus),
            query.ContinuationToken ?? string.Empty,
            prefix,
            AfterPrefix(prefix),
            (long)limit + 1);
        return found.Count > limit ? (found.GetRange(0, limit), found[limit - 1].InstanceId) : (found, null);
    }

    /// <summary>One page of the ids of instances that have ended, in order of id; the token is the last id.</summary>
    public static (List<string> Ids, string? Token) EndedIds(SqliteSession session, ListInstanceIdsRequest request)
    {
        var limit = Math.Clamp(request.PageSize, 1, LargestPage);
        var ids = session.Query(
            $"""
            SELECT id FROM hub_instance WHERE {InstanceStatus.Ended} AND (?1 IS NULL OR updated >= ?1) AND (?2 IS NULL OR updated <= ?2)
              AND (?3 IS NULL OR (?3 >> status) & 1 = 1) AND id > ?4 ORDER BY id LIMIT ?5
            """,
            row => row.GetString(0),
            HubTime.ToTicksOrNull(request.CompletedTimeFrom),
            HubTime.ToTicksOrNull(request.CompletedTimeTo),
            InstanceStatus.Mask(request.RuntimeStatus),
            request.LastInstanceKey ?? string.Empty,
            (long)limit + 1);
        return ids.Count > limit ? (ids.GetRange(0, limit), ids[limit - 1]) : (ids, null);
    }

    /// <summary>The next keys after <paramref name="after"/> of instances that have ended and that a filter lets through.</summary>
    public static List<long> EndedKeys(SqliteSession session, PurgeInstanceFilter filter, long after, int limit) =>
        session.Query(
            $"SELECT key FROM hub_instance WHERE {CreatedAndStatus} AND {InstanceStatus.Ended} AND key > ?4 ORDER BY key LIMIT ?5",
            row => row.GetInt64(0),
            HubTime.ToTicksOrNull(filter.CreatedTimeFrom),
            HubTime.ToTicksOrNull(filter.CreatedTimeTo),
            InstanceStatus.Mask(filter.RuntimeStatus),
            after,
            (long)limit);

    private static string Select(bool withPayloads) => withPayloads ? Columns + Payloads : Columns;

    /// <summary>The first id after all that begin with the prefix; ids compare by UTF-8 bytes, so the greatest code point closes the range.</summary>
    private static string? AfterPrefix(string prefix) => prefix.Length == 0 ? null : prefix + char.ConvertFromUtf32(0x10FFFF);

    private static OrchestrationState ToState(SqliteDataReader row, bool withPayloads)
    {
        var state = new OrchestrationState
        {
            InstanceId = row.GetString(0),
            Name = row.GetString(1),
            Version = HubReads.TextOrNull(row, 2),
            OrchestrationStatus = (OrchestrationStatus)row.GetInt32(3),
            ScheduledStartTimestamp = HubTime.ToTimestamp(row.IsDBNull(4) ? null : row.GetInt64(4)),
            CreatedTimestamp = HubTime.ToTimestamp(row.GetInt64(5)),
            LastUpdatedTimestamp = HubTime.ToTimestamp(row.GetInt64(6)),
            ExecutionId = row.GetString(7),
            ParentInstanceId = HubReads.TextOrNull(row, 8),
        };
        InstanceTags.AddMissing(state.Tags, HubReads.BytesOrNull(row, 9));
        if (InstanceStatus.IsEnded(state.OrchestrationStatus))
            state.CompletedTimestamp = state.LastUpdatedTimestamp;
        if (withPayloads)
        {
            state.Input = EventFrames.ParseStart(row.GetFieldValue<byte[]>(10)).Input;
            state.CustomStatus = HubReads.TextOrNull(row, 11);
            state.Output = HubReads.TextOrNull(row, 12);
            state.FailureDetails = HubReads.BytesOrNull(row, 13) is { } failure ? TaskFailureDetails.Parser.ParseFrom(failure) : null;
        }

        return state;
    }
}
