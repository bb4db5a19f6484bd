namespace CityBrain.Embedded.ServiceBus.Broker;

/// <content>The locks of the messages that were handed out.</content>
internal sealed partial class MessageChannel
{
    /// <summary>Locks deferred messages for one receiver, all or none.</summary>
    /// <exception cref="BrokerException">Another receiver has one of them.</exception>
    public List<MessageLock> LockDeferred(IReadOnlyList<StoredMessage> messages)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            if (messages.FirstOrDefault(message => _locks.Holds(message.SequenceNumber)) is { } held)
            {
                throw new BrokerException(BrokerFailure.MessageNotFound, $"The deferred message {held.SequenceNumber} is locked by another receiver.");
            }

            var until = LockEnd();
            return [.. messages.Select(message => _locks.Add(message, until, expires: _session is null))];
        }
    }

    /// <summary>Takes a lock away for settlement.</summary>
    /// <exception cref="BrokerException">The lock of the message or of the session is lost.</exception>
    public StoredMessage Take(Guid token)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            return _locks.Take(token);
        }
    }

    /// <returns>The real instant until which the message is locked now.</returns>
    /// <inheritdoc cref="Take(Guid)" path="/exception"/>
    public DateTimeOffset Renew(Guid token)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            var held = _locks.Get(token);
            _locks.Renew(held, LockEnd());
            return held.LockedUntil;
        }
    }

    public bool Holds(long sequenceNumber)
    {
        lock (_lock)
        {
            return _locks.Holds(sequenceNumber);
        }
    }

    private void OnLocksExpired()
    {
        List<StoredMessage> expired;
        lock (_lock)
        {
            expired = _closed is null ? _locks.TakeExpired(TimeProvider.System.GetUtcNow()) : [];
        }

        _ = _queue.GiveBackAsync(this, expired);
    }

    private DateTimeOffset LockEnd() => _session?.LockedUntil ?? TimeProvider.System.GetUtcNow() + _queue.Options.LockDuration;
}
