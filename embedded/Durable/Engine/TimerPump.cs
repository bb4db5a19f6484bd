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
    private readonly PriorityQueue<TimerEntry, long> _heap = new();
    private readonly HashSet<TimerEntry> _cancelled = [];
    private readonly ITimer _alarm;
    private List<TimerEntry>? _addedWhileLoading;
    private long _horizon;
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
                if (timer.Due < _horizon || _addedWhileLoading is not null)
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
                while (_isStarted && _heap.TryPeek(out var timer, out var at) && at <= now)
                {
                    _heap.Dequeue();
                    if (!_cancelled.Remove(timer))
                        due.Add(timer);
                }

                if (_heap.Count == 0)
                    _cancelled.Clear();
                if (due.Count > 0)
                    return true;
                if (!_isStarted || _heap.Count > 0 || _horizon == long.MaxValue)
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
        var limit = PageSize;
        List<TimerEntry> page;
        do
        {
            page = _store.Read(session => DurableReads.Timers(session, _horizon, limit));
            limit *= 2;
        }
        while (page.Count == limit / 2 && page[0].Due == page[^1].Due);

        lock (_lock)
        {
            // The timers of the last due time may continue on the next page, so the horizon stops before them.
            _horizon = page.Count == limit / 2 ? page[^1].Due : long.MaxValue;
            page.ForEach(AddLocked);
            var read = page.ToHashSet();
            var added = _addedWhileLoading!;
            _addedWhileLoading = null;
            added.Where(timer => !read.Contains(timer)).ToList().ForEach(AddLocked);
        }
    }

    private void AddLocked(TimerEntry timer)
    {
        if (timer.Due < _horizon)
            _heap.Enqueue(timer, timer.Due);
        else
            _addedWhileLoading?.Add(timer);
    }

    private void ShrinkLocked()
    {
        var nearest = new List<TimerEntry>(PageSize);
        while (nearest.Count < PageSize)
        {
            nearest.Add(_heap.Dequeue());
        }

        _horizon = nearest[^1].Due + 1;
        while (_heap.TryPeek(out var timer, out var at) && at < _horizon)
        {
            nearest.Add(_heap.Dequeue());
        }

        _heap.Clear();
        _heap.EnqueueRange(nearest.Select(timer => (timer, timer.Due)));
        _cancelled.IntersectWith(nearest);
    }

    private void ArmLocked()
    {
        if (_isFiring || !_isStarted)
            return;
        var wait = _heap.TryPeek(out _, out var due) ? TimeSpan.FromTicks(Math.Max(0, due - _clock.GetUtcNow().UtcTicks)) : Timeout.InfiniteTimeSpan;
        _alarm.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
