namespace CityBrain.Embedded.TaskHub;

/// <summary>
/// An instance in memory: its messages that wait and, while it is hot, its row and history. Whatever is here is also in the tables. The part
/// above the line is guarded by the session's lock; the rest belongs to the turn.
/// </summary>
internal sealed class OrchestrationSession(long key, Action<OrchestrationSession> run) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private List<Mail> _mail = [];
    private bool _isScheduled;
    private bool _isEvicted;
    private bool _isEnrolled;
    private long _readUpTo;

    /// <summary>Row key of the instance.</summary>
    public long Key => key;

    /// <summary>Set when the session was used since the cache last looked.</summary>
    public bool WasUsed { get; set; } = true;

    /// <summary>Bytes of history that the cache has counted for the session.</summary>
    public int CountedBytes { get; set; }

    // ------------------------------------------------------------------------------------------------------------------------------

    /// <summary>The row; null when it is not loaded or does not exist.</summary>
    public InstanceRow? Row { get; set; }

    /// <summary>True when the row, the history and the number of the next turn are valid.</summary>
    public bool IsLoaded { get; set; }

    /// <summary>Number of the next turn within the execution.</summary>
    public int NextTurn { get; set; }

    /// <summary>The orchestration's time at its last turn, UTC ticks.</summary>
    public long LastTime { get; set; }

    /// <summary>Past events of the execution.</summary>
    public SessionHistory History { get; private set; } = new();

    /// <summary>True when the worker was left with the orchestration in its memory as it stands after the last turn.</summary>
    public bool IsHeldByWorker { get; set; }

    /// <summary>Invocations that failed since the last turn.</summary>
    public int FailedTries { get; set; }

    /// <summary>Adds a message; true when the caller must schedule a turn. Null when the session has left the cache.</summary>
    public bool? TryDeliver(Mail mail)
    {
        lock (_lock)
        {
            if (_isEvicted)
                return null;
            WasUsed = true;
            if (mail.Source == MailSource.Inbox && mail.Number <= _readUpTo)
                return false;
            _mail.Add(mail);
            return ScheduleLocked();
        }
    }

    /// <summary>True the first time it is called.</summary>
    public bool TryEnroll() => !Interlocked.Exchange(ref _isEnrolled, true);

    /// <summary>Adds what was read from the inbox before what has been delivered meanwhile.</summary>
    public void AddRead(List<Mail> inbox)
    {
        lock (_lock)
        {
            if (inbox.Count == 0)
                return;
            _readUpTo = Math.Max(_readUpTo, inbox[^1].Number);
            _mail.RemoveAll(mail => mail.Source == MailSource.Inbox && mail.Number <= _readUpTo);
            _mail.InsertRange(0, inbox);
        }
    }

    /// <summary>Puts messages before all others.</summary>
    public void AddFirst(IEnumerable<Mail> mail)
    {
        lock (_lock)
        {
            _mail.InsertRange(0, mail);
        }
    }

    /// <summary>Takes every message that waits.</summary>
    public IReadOnlyList<Mail> TakeMail()
    {
        lock (_lock)
        {
            var taken = _mail;
            _mail = [];
            return taken;
        }
    }

    /// <summary>Ends the turn; true when more messages have come and the caller must schedule another one.</summary>
    public bool EndTurn()
    {
        lock (_lock)
        {
            _isScheduled = false;
            return _mail.Count > 0 && ScheduleLocked();
        }
    }

    /// <summary>Lets go of the session unless it has work; true when it may leave the cache.</summary>
    public bool TryEvict()
    {
        lock (_lock)
        {
            return _isEvicted = !_isScheduled && _mail.Count == 0;
        }
    }

    /// <summary>Begins a new execution.</summary>
    public void StartOver() => (NextTurn, History, IsHeldByWorker) = (0, new SessionHistory(), false);

    /// <summary>Forgets what was loaded, so that the next turn reads the tables.</summary>
    public void Unload()
    {
        (Row, IsLoaded) = (null, false);
        StartOver();
        lock (_lock)
        {
            _mail.RemoveAll(mail => mail.Source == MailSource.Inbox);
            _readUpTo = 0;
        }
    }

    /// <inheritdoc/>
    public void Execute() => run(this);

    private bool ScheduleLocked()
    {
        if (_isScheduled)
            return false;
        return _isScheduled = true;
    }
}
