using System.Collections.Concurrent;

namespace CityBrain.Embedded.Durable;

/// <summary>Runs turns on the thread pool, a limited number at a time, first come, first served.</summary>
internal sealed class TurnScheduler
{
    private readonly ConcurrentQueue<OrchestrationSession> _waiting = new();
    private int _running;
    private int _limit;

    /// <summary>Begins with what waits.</summary>
    /// <param name="limit">Turns at the same time.</param>
    public void Start(int limit)
    {
        Volatile.Write(ref _limit, limit);
        Fill();
    }

    /// <summary>True when no turn runs or waits.</summary>
    public bool IsIdle => _waiting.IsEmpty && Volatile.Read(ref _running) == 0;

    /// <summary>Runs no further turn.</summary>
    public void Stop() => Volatile.Write(ref _limit, 0);

    /// <summary>Runs the session's turn as soon as there is a place.</summary>
    public void Schedule(OrchestrationSession session)
    {
        _waiting.Enqueue(session);
        Fill();
    }

    /// <summary>Gives the place of a finished turn to the next one.</summary>
    public void Release()
    {
        Interlocked.Decrement(ref _running);
        Fill();
    }

    private void Fill()
    {
        while (!_waiting.IsEmpty)
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
}
