namespace CityBrain.Embedded.TaskHub;

/// <summary>
/// The nearest timers, up to a few thousand; those from the horizon on are only in the table and are loaded a page at a time when the queue
/// has run empty. Not safe for concurrent use.
/// </summary>
internal sealed class TimerQueue
{
    /// <summary>Timers in a page of the table.</summary>
    public const int PageSize = 4096;

    private const int LargestHeap = 4 * PageSize;

    private readonly PriorityQueue<TimerEntry, TimerEntry> _heap = new();
    private List<TimerEntry>? _addedWhileLoading;

    // Every timer before it is in the heap.
    private TimerEntry _horizon;

    /// <summary>Timers in the queue.</summary>
    public int Count => _heap.Count;

    /// <summary>UTC ticks of the nearest timer; null when there is none.</summary>
    public long? NextDue => _heap.TryPeek(out var next, out _) ? next.Due : null;

    /// <summary>True when the next timers are in the table, if there are any.</summary>
    public bool NeedsLoading => _heap.Count == 0 && _horizon != TimerEntry.End;

    /// <summary>Takes a timer that has just been committed.</summary>
    public void Add(TimerEntry timer)
    {
        AddNear(timer);
        if (_heap.Count > LargestHeap && _addedWhileLoading is null)
            Shrink();
    }

    /// <summary>Moves the timers that have come due to a list.</summary>
    public void TakeDue(long now, List<TimerEntry> due)
    {
        while (NextDue <= now)
        {
            // A timer that was read and added at the same moment is there twice, one next to the other.
            var taken = _heap.Dequeue();
            if (due.Count == 0 || due[^1] != taken)
                due.Add(taken);
        }
    }

    /// <summary>Begins to load a page and returns the timer from which on to read.</summary>
    public TimerEntry BeginLoading()
    {
        _addedWhileLoading = [];
        return _horizon;
    }

    /// <summary>Takes the page.</summary>
    public void EndLoading(List<TimerEntry> page)
    {
        // The last of a full page is read again with the next one.
        _horizon = page.Count < PageSize ? TimerEntry.End : page[^1];
        page.ForEach(AddNear);
        var read = page.ToHashSet();
        var added = _addedWhileLoading!;
        _addedWhileLoading = null;
        added.Where(timer => !read.Contains(timer)).ToList().ForEach(AddNear);
    }

    /// <summary>Gives up loading; what waited for the page is in the table, from the horizon on.</summary>
    public void AbortLoading() => _addedWhileLoading = null;

    private void AddNear(TimerEntry timer)
    {
        if (timer.CompareTo(_horizon) < 0)
            _heap.Enqueue(timer, timer);
        else
            _addedWhileLoading?.Add(timer);
    }

    private void Shrink()
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
}
