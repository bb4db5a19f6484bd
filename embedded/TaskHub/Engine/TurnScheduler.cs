using System.Collections.Concurrent;

namespace CityBrain.Embedded.TaskHub;

/// <summary>
/// Runs turns on the thread pool, a limited number at a time, first come, first served. Instances that only need to be woken wait as row keys
/// when the queue is long, so that a hundred thousand of them cost little.
/// </summary>
/// <param name="wake">Wakes an instance whose key has waited; returns its session when it must be scheduled.</param>
internal sealed class TurnScheduler(Func<long, OrchestrationSession?> wake)
{
    private const int LongQueue = 4096;
    private const int WakeAtOnce = 64;

    private readonly ConcurrentQueue<OrchestrationSession> _waiting = new();
    private readonly ConcurrentQueue<long> _keys = new();
    private int _running;
    private int _limit;

    /// <summary>True when so much waits that a new instance should only leave its key.</summary>
    public bool IsCrowded => !_keys.IsEmpty || _waiting.Count >= LongQueue;

    /// <summary>True when no key waits.</summary>
    public bool HasNoKeys => _keys.IsEmpty;

    /// <summary>Begins with what waits.</summary>
    /// <param name="limit">Turns at the same time.</param>
    public void Start(int limit)
    {
        Volatile.Write(ref _limit, limit);
        Fill();
    }

    /// <summary>Runs no further turn.</summary>
    public void Stop() => Volatile.Write(ref _limit, 0);

    /// <summary>Runs the session's turn as soon as there is a place.</summary>
    public void Schedule(OrchestrationSession session)
    {
        _waiting.Enqueue(session);
        Fill();
    }

    /// <summary>Wakes an instance when all others have had their turn.</summary>
    public void ScheduleKey(long key)
    {
        _keys.Enqueue(key);
        Fill();
    }

    /// <summary>Forgets the keys that wait; the tables have them.</summary>
    public void DropKeys() => _keys.Clear();

    /// <summary>Gives the place of a finished turn to the next one.</summary>
    public void Release()
    {
        Interlocked.Decrement(ref _running);
        Fill();
    }

    /// <summary>Runs what waits as far as there are places.</summary>
    public void Fill()
    {
        while (HasWaiting())
        {
            if (Interlocked.Increment(ref _running) > Volatile.Read(ref _limit))
            {
                // Whoever brings the count back below the limit looks again, so nothing that was queued meanwhile is forgotten.
                if (Interlocked.Decrement(ref _running) >= Volatile.Read(ref _limit))
                    return;
                continue;
            }

            if (_waiting.TryDequeue(out var session))
                ThreadPool.UnsafeQueueUserWorkItem(session, preferLocal: false);
            else
                Interlocked.Decrement(ref _running);
        }
    }

    private bool HasWaiting()
    {
        if (_waiting.IsEmpty && Volatile.Read(ref _limit) > 0)
        {
            for (var i = 0; i < WakeAtOnce && _keys.TryDequeue(out var key); i++)
            {
                if (wake(key) is { } session)
                    _waiting.Enqueue(session);
            }
        }

        return !_waiting.IsEmpty;
    }
}
