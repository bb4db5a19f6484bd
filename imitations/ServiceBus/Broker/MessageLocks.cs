using Azure.Messaging.ServiceBus;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>
/// The locks of one queue's receivers, by token and by the instant of expiry. They live in memory only: a crash frees them. The
/// caller holds the channel's lock; <paramref name="onExpired"/> runs on a timer thread and takes it itself.
/// </summary>
internal sealed class MessageLocks(string queue, Action onExpired) : IDisposable
{
    private readonly Dictionary<Guid, MessageLock> _byToken = [];
    private readonly LinkedList<MessageLock> _byExpiry = [];
    private readonly HashSet<long> _deferred = [];
    private ITimer? _timer;

    public int Count => _byToken.Count;

    /// <param name="message">The message just delivered.</param>
    /// <param name="lockedUntil">Real instant.</param>
    /// <param name="expires">False when the message is bound to a session's lock.</param>
    public MessageLock Add(StoredMessage message, DateTimeOffset lockedUntil, bool expires)
    {
        var held = new MessageLock(message, lockedUntil);
        _byToken.Add(held.Token, held);
        if (expires)
        {
            Order(held);
        }

        return held;
    }

    /// <summary>Claims deferred messages for one receiver, all or none, before they are delivered to it.</summary>
    /// <exception cref="ServiceBusException">Another receiver has one of them.</exception>
    public void ClaimDeferred(IReadOnlyList<StoredMessage> messages)
    {
        if (messages.FirstOrDefault(message => _deferred.Contains(message.SequenceNumber)) is { } held)
        {
            throw new ServiceBusException($"The deferred message {held.SequenceNumber} is locked by another receiver.", ServiceBusFailureReason.MessageNotFound, queue);
        }

        _deferred.UnionWith(messages.Select(message => message.SequenceNumber));
    }

    /// <summary>Gives up the claim on messages that were not delivered, or were deleted by their delivery.</summary>
    public void ReleaseDeferred(IEnumerable<StoredMessage> messages) => _deferred.ExceptWith(messages.Select(message => message.SequenceNumber));

    /// <exception cref="ServiceBusException">The lock has expired, was settled, or never was.</exception>
    public MessageLock Get(Guid token)
    {
        if (_byToken.TryGetValue(token, out var held) && (held.Place is null || held.LockedUntil > TimeProvider.System.GetUtcNow()))
        {
            return held;
        }

        throw new ServiceBusException(
            "The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue.", ServiceBusFailureReason.MessageLockLost, queue);
    }

    /// <summary>Takes the lock away from its holder, who now settles the message alone.</summary>
    /// <exception cref="ServiceBusException">As <see cref="Get"/>.</exception>
    public MessageLock Take(Guid token)
    {
        var held = Get(token);
        Remove(held);
        return held;
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

    public void Dispose() => _timer?.Dispose();

    private void Remove(MessageLock held)
    {
        _byToken.Remove(held.Token);
        _deferred.Remove(held.Message.SequenceNumber);
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
