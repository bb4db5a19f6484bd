namespace CityBrain.Rehearsal.Play;

/// <summary>What will happen in the city and when: a queue in the order of city time. Safe for concurrent use.</summary>
internal sealed class Agenda
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<Entry, (DateTimeOffset Due, long Number)> _waiting = new();
    private readonly SortedSet<(DateTimeOffset Due, long Number)> _running = [];
    private long _last;

    /// <summary>Entries that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Entries that are being done.</summary>
    public int Running
    {
        get
        {
            lock (_lock)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>When the oldest entry that is not done was or will be due, whether it waits or is being done; null when there is none.</summary>
    public DateTimeOffset? Oldest
    {
        get
        {
            lock (_lock)
            {
                var waiting = NextDue();
                return _running.Count > 0 && (waiting is null || _running.Min.Due < waiting) ? _running.Min.Due : waiting;
            }
        }
    }

    /// <summary>When the next entry that waits is due; null when there is none.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (_lock)
            {
                return NextDue();
            }
        }
    }

    /// <summary>Plans something.</summary>
    public void Add(DateTimeOffset due, Func<CancellationToken, Task> act)
    {
        lock (_lock)
        {
            var number = ++_last;
            _waiting.Enqueue(new Entry(due, number, act), (due, number));
        }
    }

    /// <summary>Takes the next entry that is due; it counts as running until <see cref="Done"/>.</summary>
    public Entry? TakeDue(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_waiting.TryPeek(out var next, out _) || next.Due > now)
            {
                return null;
            }

            _waiting.Dequeue();
            _running.Add((next.Due, next.Number));
            return next;
        }
    }

    /// <summary>Ends an entry that was taken.</summary>
    public void Done(Entry entry)
    {
        lock (_lock)
        {
            _running.Remove((entry.Due, entry.Number));
        }
    }

    private DateTimeOffset? NextDue() => _waiting.TryPeek(out var next, out _) ? next.Due : null;

    /// <summary>One entry.</summary>
    internal sealed record Entry(DateTimeOffset Due, long Number, Func<CancellationToken, Task> Act);
}
