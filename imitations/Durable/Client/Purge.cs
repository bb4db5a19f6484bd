using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.Durable;

/// <summary>Removes instances that have ended; runs inside a write.</summary>
internal static class Purge
{
    /// <summary>Removes one instance and returns how many were removed.</summary>
    /// <exception cref="InvalidOperationException">It has not ended.</exception>
    public static int One(SqliteSession session, string id, bool isRecursive)
    {
        if (DurableReads.Find(session, id) is not { } found)
            return 0;
        if (!Statuses.IsEnded(found.Status))
            throw new InvalidOperationException($"The orchestration '{id}' is {found.Status} and cannot be purged before it has ended; terminate it first.");
        return Tree(session, found.Key, isRecursive);
    }

    /// <summary>Removes instances that had ended when their keys were read, and returns how many were removed.</summary>
    public static int Many(SqliteSession session, IReadOnlyList<long> keys, bool isRecursive) => keys.Sum(key => Tree(session, key, isRecursive));

    private static int Tree(SqliteSession session, long key, bool isRecursive)
    {
        var removed = 0;
        if (isRecursive)
        {
            var children = session.Query("SELECT key FROM durable_instance WHERE parent_key = ?1 AND status IN (1, 3, 5)", row => row.GetInt64(0), key);
            removed = children.Sum(child => Tree(session, child, isRecursive));
        }

        return removed + (DurableWrites.Delete(session, key) ? 1 : 0);
    }
}
