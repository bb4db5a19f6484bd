using System.Collections.Concurrent;
using CityBrain.Embedded.Storage;
using Microsoft.DurableTask;

namespace CityBrain.Embedded.Durable;

/// <summary>
/// Runs activities, a limited number at a time. At most <see cref="LargestQueue"/> of them wait in memory; of the others only the row
/// numbers are kept, also after a restart, and the rows are read when their turn comes.
/// </summary>
internal sealed class ActivityPump(SqliteStore store, FunctionTable functions, Func<DataConverter> converter, Action<ActivityTask, HistoryEvent> onEnded) : IDisposable
{
    private const int LargestQueue = 4096;
    private const int RefillSize = 512;

    private readonly Lock _lock = new();
    private readonly Queue<ActivityTask> _queue = new();
    private readonly Queue<long> _inTable = new();
    private readonly CancellationTokenSource _stopping = new();
    private int _limit;
    private int _running;

    /// <summary>Begins with what the table holds.</summary>
    /// <param name="limit">Activities at the same time.</param>
    public void Start(int limit)
    {
        lock (_lock)
        {
            store.Read(DurableReads.ActivityNumbers).ForEach(_inTable.Enqueue);
            _limit = limit;
        }

        Fill();
    }

    /// <summary>True when no activity runs.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _running == 0;
            }
        }
    }

    /// <summary>Runs no further activity.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _limit = 0;
        }
    }

    /// <summary>Stops, and cancels the token of the activities that run.</summary>
    public void Dispose()
    {
        Stop();
        _stopping.Cancel();
    }

    /// <summary>Takes activities that have just been committed.</summary>
    public void Enqueue(List<ActivityTask> tasks)
    {
        lock (_lock)
        {
            foreach (var task in tasks)
            {
                if (_inTable.Count > 0 || _queue.Count >= LargestQueue)
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
            return task;
        }
    }

    private void Refill() => store.Read(session =>
    {
        for (var i = 0; i < RefillSize && _inTable.TryDequeue(out var number); i++)
        {
            if (DurableReads.Activity(session, number) is { } task)
                _queue.Enqueue(task);
        }

        return true;
    });

    private async Task RunAsync(ActivityTask task)
    {
        if (await InvokeAsync(task).ConfigureAwait(false) is { } ended)
            onEnded(task, ended);
        lock (_lock)
        {
            _running--;
        }

        Fill();
    }

    /// <summary>How the activity ended; null when it was cancelled because the engine stops, so that it runs again after the next start.</summary>
    private async Task<HistoryEvent?> InvokeAsync(ActivityTask task)
    {
        try
        {
            if (functions.FindActivity(task.Name) is not { } activity)
                return Failed(task, Failures.Serialize(Failures.ActivityNotFound, $"No function implements the activity '{task.Name}'; check the name given to CallActivityAsync."));
            var result = await activity(new ActivityContext(task), task.Input, _stopping.Token).ConfigureAwait(false);
            return new HistoryEvent(EventKind.TaskCompleted, task.TaskId, Data: converter().Serialize(result));
        }
        catch (OperationCanceledException) when (Volatile.Read(ref _limit) == 0)
        {
            return null;
        }
        catch (Exception failure)
        {
            return Failed(task, Failures.Serialize(failure));
        }
    }

    private static HistoryEvent Failed(ActivityTask task, string failure) => new(EventKind.TaskFailed, task.TaskId, Data: failure);

    private sealed class ActivityContext(ActivityTask task) : TaskActivityContext
    {
        public override TaskName Name => task.Name;

        public override string InstanceId => task.InstanceId;
    }
}
