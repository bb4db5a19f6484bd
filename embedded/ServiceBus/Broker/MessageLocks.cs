namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>A received message that waits for its settlement.</summary>
internal sealed class MessageLock(StoredMessage message, DateTimeOffset lockedUntil)
{
    public Guid Token { get; } = Guid.NewGuid();

    public StoredMessage Message { get; } = message;

    /// <summary>Real instant at which the lock ends; in a session, the end of the session's lock counts instead.</summary>
    public DateTimeOffset LockedUntil { get; set; } = lockedUntil;

    /// <summary>Place in the order of expiry; null in a session.</summary>
    public LinkedListNode<MessageLock>? Place { get; set; }
}

/// <summary>
/// The locks of one channel, by token and by the instant of expiry. They live in memory only: a crash frees them. The caller holds the
/// channel's lock; <paramref name="onExpired"/> runs on a timer thread and takes it itself.
/// </summary>
internal sealed class MessageLocks(Activity activity, Action onExpired) : IDisposable
{
    private readonly Dictionary<Guid, MessageLock> _byToken = [];
    private readonly LinkedList<MessageLock> _byExpiry = [];
    private readonly HashSet<long> _sequenceNumbers = [];
    private ITimer? _timer;

    /// <summary>True while a receiver holds the message with this sequence number.</summary>
    public bool Holds(long sequenceNumber) => _sequenceNumbers.Contains(sequenceNumber);

    /// <param name="message">The message just delivered.</param>
    /// <param name="lockedUntil">Real instant.</param>
    /// <param name="expires">False when the message is bound to a session's lock.</param>
    public MessageLock Add(StoredMessage message, DateTimeOffset lockedUntil, bool expires)
    {
        var held = new MessageLock(message, lockedUntil);
        _byToken.Add(held.Token, held);
        _sequenceNumbers.Add(message.SequenceNumber);
        activity.Begin();
        if (expires)
        {
            Order(held);
        }

        return held;
    }

    /// <exception cref="BrokerException">The lock has expired, was settled, or never was.</exception>
    public MessageLock Get(Guid token)
    {
        if (_byToken.TryGetValue(token, out var held) && (held.Place is null || held.LockedUntil > TimeProvider.System.GetUtcNow()))
        {
            return held;
        }

        throw new BrokerException(
            BrokerFailure.MessageLockLost, "The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue.");
    }

    /// <summary>Takes the lock away from its holder, who now settles the message alone.</summary>
    /// <exception cref="BrokerException">As <see cref="Get"/>.</exception>
    public StoredMessage Take(Guid token)
    {
        var held = Get(token);
        Remove(held);
        return held.Message;
    }

    public void Renew(MessageLock held, DateTimeOffset lockedUntil)
    {
        held.LockedUntil = lockedUntil;
        if (held.Place is { } place)
        {
            _byExpiry.Remove(place);
            Order(held);
        }
    }

    public List<StoredMessage> TakeExpired(DateTimeOffset now)
    {
        var expired = new List<StoredMessage>();
        while (_byExpiry.First is { } first && first.Value.LockedUntil <= now)
        {
            Remove(first.Value);
            expired.Add(first.Value.Message);
        }

        Arm(now);
        return expired;
    }

    /// <summary>Takes all locks away.</summary>
    public List<StoredMessage> TakeAll()
    {
        var held = _byToken.Values.ToList();
        held.ForEach(Remove);
        return held.ConvertAll(each => each.Message);
    }

    public void Dispose() => _timer?.Dispose();

    private void Remove(MessageLock held)
    {
        _byToken.Remove(held.Token);
        _sequenceNumbers.Remove(held.Message.SequenceNumber);
        activity.End();
        if (held.Place is { } place)
        {
            _byExpiry.Remove(place);
        }
    }

    /// <summary>Locks of one queue last equally long, so the place is nearly always the last one.</summary>
    private void Order(MessageLock held)
    {
        var before = _byExpiry.Last;
        while (before is not null && before.Value.LockedUntil > held.LockedUntil)
        {
            before = before.Previous;
        }

        held.Place = before is null ? _byExpiry.AddFirst(held) : _byExpiry.AddAfter(before, held);
        if (held.Place == _byExpiry.First)
        {
            Arm(TimeProvider.System.GetUtcNow());
        }
    }

    private void Arm(DateTimeOffset now)
    {
        if (_byExpiry.First is not { } first)
        {
            return;
        }

        _timer ??= TimeProvider.System.CreateTimer(_ => onExpired(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var wait = first.Value.LockedUntil - now;
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }
}
