using System.Diagnostics;
using CityBrain.Embedded.Storage;
using Grpc.Core;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Removes instances that have ended.</summary>
internal sealed class InstancePurge(SqliteStore store)
{
    private const int PageSize = 500;

    /// <summary>Removes one instance, and its sub-orchestrations if asked; returns how many were removed, 0 when there is none.</summary>
    /// <exception cref="TaskHubException">FailedPrecondition: it has not ended.</exception>
    public Task<int> OneAsync(string id, bool isRecursive) => store.WriteAsync(session =>
    {
        if (HubReads.Find(session, id) is not { } found)
            return 0;
        if (!InstanceStatus.IsEnded(found.Status))
            throw new TaskHubException(StatusCode.FailedPrecondition, $"The orchestration '{id}' is {found.Status} and cannot be purged before it has ended; terminate it first.");
        return Tree(session, found.Key, isRecursive);
    });

    /// <summary>Removes those of the instances that exist and have ended; returns how many were removed.</summary>
    public Task<int> BatchAsync(IReadOnlyCollection<string> ids, bool isRecursive) => store.WriteAsync(session => ids.Sum(id =>
        HubReads.Find(session, id) is { } found && InstanceStatus.IsEnded(found.Status) ? Tree(session, found.Key, isRecursive) : 0));

    /// <summary>Removes every instance that has ended and that a filter lets through, a page at a time.</summary>
    /// <returns>How many were removed, and whether all were before the filter's time ran out.</returns>
    public async Task<(int Removed, bool IsComplete)> FilteredAsync(PurgeInstanceFilter filter, bool isRecursive)
    {
        var (removed, last, start) = (0, 0L, Stopwatch.GetTimestamp());
        while (true)
        {
            var keys = store.Read(session => InstanceQueries.EndedKeys(session, filter, last, PageSize));
            if (keys.Count == 0)
                return (removed, true);
            if (filter.Timeout is { } limit && Stopwatch.GetElapsedTime(start) > limit.ToTimeSpan())
                return (removed, false);
            last = keys[^1];
            removed += await store.WriteAsync(session => keys.Sum(key => Tree(session, key, isRecursive))).ConfigureAwait(false);
        }
    }

    private static int Tree(SqliteSession session, long key, bool isRecursive)
    {
        var removed = 0;
        if (isRecursive)
        {
            var children = session.Query($"SELECT key FROM hub_instance WHERE parent_key = ?1 AND {InstanceStatus.Ended}", row => row.GetInt64(0), key);
            removed = children.Sum(child => Tree(session, child, isRecursive));
        }

        return removed + (HubWrites.Delete(session, key) ? 1 : 0);
    }
}
