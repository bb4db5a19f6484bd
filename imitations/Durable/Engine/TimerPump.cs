using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.Durable;

/// <summary>
/// Fires durable timers in order of due time. The nearest few thousand are in a heap, the rest only in the table; one timer of the clock
/// waits for the nearest of all.
/// </summary>
internal sealed class TimerPump : IDisposable
{
    private const int PageSize = 4096;
    private const int LargestHeap = 4 * PageSize;

    private readonly SqliteStore _store;
    private readonly TimeProvider _clock;
    private readonly Action<TimerEntry> _fire;
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TimerEntry, TimerEntry> _heap = new();
    private readonly HashSet<TimerEntry> _cancelled = [];
    private readonly ITimer _alarm;
    private List<TimerEntry>? _addedWhileLoading;

    // Every timer before it is in the heap.
    private TimerEntry _horizon;
    private bool _isFiring;
    private bool _isStarted;

    /// <param name="store">The tables.</param>
    /// <param name="clock">The city's clock.</param>
    /// <param name="fire">Told of each timer that came due, in order.</param>
    public TimerPump(SqliteStore store, TimeProvider clock, Action<TimerEntry> fire)
    {
        (_store, _clock, _fire) = (store, clock, fire);
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

    /// <summary>Forgets timers that have just been removed from the table.</summary>
    public void Cancel(IReadOnlyList<TimerEntry> timers)
    {
        lock (_lock)
        {
            foreach (var timer in timers)
            {
                if (IsNear(timer) || _addedWhileLoading is not null)
                    _cancelled.Add(timer);
            }
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

        var due = new List<TimerEntry>();
        while (TakeDue(due))
        {
            due.ForEach(_fire);
            due.Clear();
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
                    _heap.Dequeue();
                    if (!_cancelled.Remove(timer))
                        due.Add(timer);
                }

                if (_heap.Count == 0)
                    _cancelled.Clear();
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
        var page = _store.Read(session => DurableReads.Timers(session, _horizon, PageSize));
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

    private bool IsNear(TimerEntry timer) => timer.CompareTo(_horizon) < 0;

    private void AddLocked(TimerEntry timer)
    {
        if (IsNear(timer))
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
        _cancelled.IntersectWith(nearest.Select(timer => timer.Item1));
    }

    private void ArmLocked()
    {
        if (_isFiring || !_isStarted)
            return;
        var wait = _heap.TryPeek(out var next, out _) ? TimeSpan.FromTicks(Math.Max(0, next.Due - _clock.GetUtcNow().UtcTicks)) : Timeout.InfiniteTimeSpan;
        _alarm.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
