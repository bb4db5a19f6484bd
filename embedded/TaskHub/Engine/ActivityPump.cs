using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.TaskHub;

/// <summary>
/// Runs activities, a limited number at a time. At most <see cref="LongQueue"/> of them wait in memory; of the others only the row numbers are
/// kept, also after a restart, and the rows are read when their turn comes.
/// </summary>
internal sealed class ActivityPump(SqliteStore store, ActivityRunner runner, Action<ActivityTask, Mail> onEnded, ILogger log)
{
    private const int LongQueue = 4096;
    private const int RefillSize = 512;

    private readonly Lock _lock = new();
    private readonly Queue<ActivityTask> _queue = new();
    private readonly Queue<long> _inTable = new();
    private readonly WorkCounter _runs = new();
    private int _limit;
    private int _running;

    /// <summary>True when no activity waits or runs.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _running == 0 && _queue.Count == 0 && _inTable.Count == 0;
            }
        }
    }

    /// <summary>Begins with what the table holds.</summary>
    /// <param name="limit">Activities at the same time.</param>
    public void Start(int limit)
    {
        lock (_lock)
        {
            store.Read(HubReads.ActivityNumbers).ForEach(_inTable.Enqueue);
            _limit = limit;
        }

        Fill();
    }

    /// <summary>Runs no further activity.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _limit = 0;
        }
    }

    /// <summary>Completes when the activities that run have ended and told their instances.</summary>
    public Task DrainAsync(CancellationToken cancellationToken) => _runs.WhenZeroAsync(cancellationToken);

    /// <summary>Takes activities that have just been committed.</summary>
    public void Enqueue(List<ActivityTask> tasks)
    {
        lock (_lock)
        {
            foreach (var task in tasks)
            {
                if (_inTable.Count > 0 || _queue.Count >= LongQueue)
                    _inTable.Enqueue(task.Number);
                else
                    _queue.Enqueue(task);
            }
        }

        Fill();
    }

    private void Fill()
    {
        while (Next() is { } task)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static run => _ = run.Pump.RunAsync(run.Task), (Pump: this, Task: task), preferLocal: false);
        }
    }

    private ActivityTask? Next()
    {
        lock (_lock)
        {
            if (_running >= _limit)
                return null;
            if (_queue.Count == 0 && _inTable.Count > 0)
                Refill();
            if (!_queue.TryDequeue(out var task))
                return null;
            _running++;
            _runs.Enter();
            return task;
        }
    }

    private void Refill()
    {
        try
        {
            store.Read(session =>
            {
                for (var i = 0; i < RefillSize && _inTable.TryPeek(out var number); i++)
                {
                    if (HubReads.Activity(session, number) is { } task)
                        _queue.Enqueue(task);
                    _inTable.Dequeue();
                }

                return true;
            });
        }
        catch (Exception failure) when (failure is not ObjectDisposedException)
        {
            // The numbers are still there for the next time.
            log.ActivitiesNotRead(failure);
        }
        catch (ObjectDisposedException)
        {
            _limit = 0;
        }
    }

    private async Task RunAsync(ActivityTask task)
    {
        if (await runner.RunAsync(task).ConfigureAwait(false) is { } ended)
            onEnded(task, ended);
        lock (_lock)
        {
            _running--;
        }

        _runs.Exit();
        Fill();
    }
}
