using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.TaskHub;

/// <summary>
/// Fires durable timers in order of due time. The nearest few thousand are in a heap, the rest only in the table; one timer of the clock
/// waits for the nearest of all. A timer whose execution is over may still fire and finds nobody.
/// </summary>
internal sealed class TimerPump : IDisposable
{
    private const int PageSize = 4096;
    private const int LargestHeap = 4 * PageSize;

    // Timers of clocks have their limits; at the alarm it looks again.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly SqliteStore _store;
    private readonly TimeProvider _clock;
    private readonly Action<TimerEntry> _fire;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TimerEntry, TimerEntry> _heap = new();
    private readonly ITimer _alarm;
    private List<TimerEntry>? _addedWhileLoading;

    // Every timer before it is in the heap.
    private TimerEntry _horizon;
    private bool _isFiring;
    private bool _isStarted;

    /// <param name="store">The tables.</param>
    /// <param name="clock">The city's clock.</param>
    /// <param name="fire">Told of each timer that came due, in order.</param>
    /// <param name="log">Where failures go.</param>
    public TimerPump(SqliteStore store, TimeProvider clock, Action<TimerEntry> fire, ILogger log)
    {
        (_store, _clock, _fire, _log) = (store, clock, fire, log);
        _alarm = clock.CreateTimer(_ => OnAlarm(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Timers in memory.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _heap.Count;
            }
        }
    }

    /// <summary>UTC ticks of the nearest timer; null when there is none.</summary>
    public long? NextDue
    {
        get
        {
            lock (_lock)
            {
                return _heap.TryPeek(out var next, out _) ? next.Due : null;
            }
        }
    }

    /// <summary>True when no timer is being fired.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return !_isFiring;
            }
        }
    }

    /// <summary>Begins with what the table holds.</summary>
    public void Start()
    {
        lock (_lock)
        {
            _isStarted = true;
        }

        OnAlarm();
    }

    /// <summary>Takes timers that have just been committed.</summary>
    public void Add(List<TimerEntry> timers)
    {
        lock (_lock)
        {
            timers.ForEach(AddLocked);
            if (_heap.Count > LargestHeap && _addedWhileLoading is null)
                ShrinkLocked();
            ArmLocked();
        }
    }

    /// <summary>Fires no further timer.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _isStarted = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _alarm.Dispose();
    }

    private void OnAlarm()
    {
        lock (_lock)
        {
            if (_isFiring || !_isStarted)
                return;
            _isFiring = true;
        }

        try
        {
            var due = new List<TimerEntry>();
            while (TakeDue(due))
            {
                due.ForEach(_fire);
                due.Clear();
            }
        }
        catch (Exception failure)
        {
            OnFailure(failure);
        }
    }

    /// <summary>Takes what has come due; false when nothing has, and the alarm is set for the next.</summary>
    private bool TakeDue(List<TimerEntry> due)
    {
        while (true)
        {
            lock (_lock)
            {
                var now = _clock.GetUtcNow().UtcTicks;
                while (_isStarted && _heap.TryPeek(out var timer, out _) && timer.Due <= now)
                {
                    // A timer that was read and added at the same moment is there twice, one next to the other.
                    if (_heap.Dequeue() is var taken && (due.Count == 0 || due[^1] != taken))
                        due.Add(taken);
                }

                if (due.Count > 0)
                    return true;
                if (!_isStarted || _heap.Count > 0 || _horizon == TimerEntry.End)
                {
                    _isFiring = false;
                    ArmLocked();
                    return false;
                }

                _addedWhileLoading = [];
            }

            Load();
        }
    }

    private void Load()
    {
        var page = _store.Read(session => HubReads.Timers(session, _horizon, PageSize));
        lock (_lock)
        {
            // The last of a full page is read again with the next one.
            _horizon = page.Count < PageSize ? TimerEntry.End : page[^1];
            page.ForEach(AddLocked);
            var read = page.ToHashSet();
            var added = _addedWhileLoading!;
            _addedWhileLoading = null;
            added.Where(timer => !read.Contains(timer)).ToList().ForEach(AddLocked);
        }
    }

    private void AddLocked(TimerEntry timer)
    {
        if (timer.CompareTo(_horizon) < 0)
            _heap.Enqueue(timer, timer);
        else
            _addedWhileLoading?.Add(timer);
    }

    private void ShrinkLocked()
    {
        var nearest = new List<(TimerEntry, TimerEntry)>(PageSize);
        while (nearest.Count < PageSize)
        {
            var timer = _heap.Dequeue();
            nearest.Add((timer, timer));
        }

        _horizon = _heap.Peek();
        _heap.Clear();
        _heap.EnqueueRange(nearest);
    }

    private void ArmLocked()
    {
        if (_isFiring || !_isStarted)
            return;
        var wait = _heap.TryPeek(out var next, out _) ? Math.Clamp(next.Due - _clock.GetUtcNow().UtcTicks, 0, LongestSleep.Ticks) : Timeout.InfiniteTimeSpan.Ticks;
        _alarm.Change(TimeSpan.FromTicks(wait), Timeout.InfiniteTimeSpan);
    }

    private void OnFailure(Exception failure)
    {
        lock (_lock)
        {
            // What waited for the page is in the table, at or after the horizon.
            (_isFiring, _addedWhileLoading) = (false, null);
            if (!_isStarted)
                return;
            _alarm.Change(RetryPause, Timeout.InfiniteTimeSpan);
        }

        _log.TimersNotRead(failure, RetryPause);
    }
}
