using System.Collections.Concurrent;

namespace CityBrain.Embedded.Durable;

/// <summary>The sessions in memory: those with work, and up to <see cref="Capacity"/> idle ones, the least recently used leaving first (second chance).</summary>
internal sealed class SessionCache(Action<OrchestrationSession> run)
{
    private const int StepsPerAddition = 4;

    private readonly ConcurrentDictionary<long, OrchestrationSession> _sessions = new();
    private readonly ConcurrentQueue<OrchestrationSession> _order = new();

    /// <summary>Sessions that may stay without work.</summary>
    public int Capacity { get; set; }

    /// <summary>Sessions in memory.</summary>
    public int Count => _sessions.Count;

    /// <summary>Adds a message to an instance; returns its session when the caller must schedule a turn.</summary>
    public OrchestrationSession? Deliver(long key, Mail mail, InstanceRow? newRow = null)
    {
        while (true)
        {
            if (!_sessions.TryGetValue(key, out var session))
                session = _sessions.GetOrAdd(key, new OrchestrationSession(key, run) { Row = newRow, IsLoaded = newRow is not null });
            if (session.TryDeliver(mail) is { } mustSchedule)
            {
                if (session.TryEnroll())
                    Enroll(session);
                return mustSchedule ? session : null;
            }

            _sessions.TryRemove(KeyValuePair.Create(key, session));
        }
    }

    /// <summary>Removes a session that has no more work.</summary>
    public void Remove(OrchestrationSession session)
    {
        if (session.TryEvict())
            _sessions.TryRemove(KeyValuePair.Create(session.Key, session));
    }

    /// <summary>Takes a session that has just got its first message into the order of leaving, and lets others go.</summary>
    private void Enroll(OrchestrationSession session)
    {
        _order.Enqueue(session);
        for (var step = 0; step < StepsPerAddition && _order.Count > Capacity && _order.TryDequeue(out var oldest); step++)
        {
            if (!_sessions.TryGetValue(oldest.Key, out var current) || !ReferenceEquals(current, oldest))
                continue;
            if (!oldest.WasUsed && oldest.TryEvict())
            {
                _sessions.TryRemove(KeyValuePair.Create(oldest.Key, oldest));
                continue;
            }

            oldest.WasUsed = false;
            _order.Enqueue(oldest);
        }
    }
}
