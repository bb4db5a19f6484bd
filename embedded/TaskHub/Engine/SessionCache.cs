using System.Collections.Concurrent;

namespace CityBrain.Embedded.TaskHub;

/// <summary>
/// The sessions in memory: those with work, and idle ones up to a number and a size of histories, the least recently used leaving first
/// (second chance).
/// </summary>
/// <param name="capacity">Sessions that may stay without work.</param>
/// <param name="byteCapacity">Bytes of history that may stay.</param>
/// <param name="run">Takes a session's turn.</param>
internal sealed class SessionCache(int capacity, long byteCapacity, Action<OrchestrationSession> run)
{
    private const int LargestStep = 8;

    private readonly ConcurrentDictionary<long, OrchestrationSession> _sessions = new();
    private readonly ConcurrentQueue<OrchestrationSession> _order = new();
    private long _bytes;

    /// <summary>Sessions in memory.</summary>
    public int Count => _sessions.Count;

    /// <summary>Bytes of history in memory.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Adds a message to an instance; returns its session when the caller must schedule a turn.</summary>
    /// <param name="key">Row key of the instance.</param>
    /// <param name="mail">The message.</param>
    /// <param name="created">The row, when the instance has just been created and so has nothing else in the tables.</param>
    public OrchestrationSession? Deliver(long key, Mail mail, InstanceRow? created = null)
    {
        while (true)
        {
            if (!_sessions.TryGetValue(key, out var session))
                session = _sessions.GetOrAdd(key, new OrchestrationSession(key, run) { Row = created, IsLoaded = created is not null });
            if (session.TryDeliver(mail) is { } mustSchedule)
            {
                if (session.TryEnroll())
                    _order.Enqueue(session);
                Trim();
                return mustSchedule ? session : null;
            }

            _sessions.TryRemove(KeyValuePair.Create(key, session));
        }
    }

    /// <summary>Counts the memory of a session after its turn.</summary>
    public void Recount(OrchestrationSession session)
    {
        var bytes = session.History.Bytes;
        Interlocked.Add(ref _bytes, bytes - session.CountedBytes);
        session.CountedBytes = bytes;
        Trim();
    }

    /// <summary>Removes a session that has no more work.</summary>
    public void Remove(OrchestrationSession session)
    {
        if (session.TryEvict())
            Drop(session);
    }

    private void Trim()
    {
        for (var step = 0; step < LargestStep && IsFull && _order.TryDequeue(out var oldest); step++)
        {
            if (!_sessions.TryGetValue(oldest.Key, out var current) || !ReferenceEquals(current, oldest))
                continue;
            if (!oldest.WasUsed && oldest.TryEvict())
            {
                Drop(oldest);
                continue;
            }

            oldest.WasUsed = false;
            _order.Enqueue(oldest);
        }
    }

    private bool IsFull => _order.Count > capacity || Volatile.Read(ref _bytes) > byteCapacity;

    private void Drop(OrchestrationSession session)
    {
        _sessions.TryRemove(KeyValuePair.Create(session.Key, session));
        Interlocked.Add(ref _bytes, -session.CountedBytes);
        session.CountedBytes = 0;
        session.Unload();
    }
}
