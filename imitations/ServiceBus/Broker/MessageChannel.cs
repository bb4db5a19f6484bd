using Azure.Messaging.ServiceBus;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>
/// Hands out the messages of a queue, or of one session, in order. The file is the truth; the channel holds a window of it (the next
/// messages, read by index) and the locks. Only messages that came back to the channel lie before the end of the window.
/// </summary>
internal sealed class MessageChannel : IDisposable
{
    private const int WindowRows = 128;

    private readonly Lock _lock = new();
    private readonly PriorityQueue<StoredMessage, long> _ready = new();
    private readonly WaitingList _receivers;
    private readonly MessageLocks _locks;
    private readonly MessageQueue _queue;
    private readonly SessionLease? _session;
    private long _windowEnd;
    private volatile bool _moreInStore = true;
    private Func<Exception>? _closed;

    public MessageChannel(MessageQueue queue, SessionLease? session)
    {
        _queue = queue;
        _session = session;
        _receivers = new WaitingList(_lock);
        _locks = new MessageLocks(queue.Path, OnLocksExpired);
    }

    public string? SessionId => _session?.SessionId;

    /// <summary>Receives in the mode of the caller; empty when nothing came in time.</summary>
    public async Task<IReadOnlyList<MessageLock>> ReceiveAsync(int maxMessages, TimeSpan maxWait, bool deleteAtOnce, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<StoredMessage> taken;
            LinkedListNode<TaskCompletionSource>? place = null;
            lock (_lock)
            {
                ThrowIfClosed();
                taken = TakeReady(maxMessages);
                if (taken.Count == 0)
                {
                    place = _receivers.Join();
                }
            }

            if (place is null)
            {
                var locks = Lock(await AdmitAsync(taken, deleteAtOnce).ConfigureAwait(false), deleteAtOnce);
                if (locks.Count > 0)
                {
                    return locks;
                }
            }
            else if (!await _receivers.WaitAsync(place, maxWait - TimeProvider.System.GetElapsedTime(started), cancellationToken).ConfigureAwait(false))
            {
                return [];
            }
        }
    }

    public async Task<IReadOnlyList<MessageLock>> ReceiveDeferredAsync(IReadOnlyList<StoredMessage> messages, bool deleteAtOnce)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            _locks.ClaimDeferred(messages);
        }

        IReadOnlyList<StoredMessage> delivered = [];
        try
        {
            delivered = await _queue.DeliverAsync(messages, deleteAtOnce).ConfigureAwait(false);
            return Lock(delivered, deleteAtOnce);
        }
        finally
        {
            lock (_lock)
            {
                _locks.ReleaseDeferred(deleteAtOnce ? messages : messages.Except(delivered));
            }
        }
    }

    /// <summary>Takes a lock for settlement.</summary>
    /// <exception cref="ServiceBusException">The lock of the message or of the session is lost.</exception>
    public StoredMessage Take(Guid token)
    {
        lock (_lock)
        {
            ThrowIfClosed();
            return _locks.Take(token).Message;
        }
    }

    /// <returns>The real instant until which the message is locked now.</returns>
    /// <inheritdoc cref="Take" path="/exception"/>
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

    /// <summary>Makes a message available again, in its old place.</summary>
    public void Return(StoredMessage message)
    {
        if (message.State == ServiceBusMessageState.Deferred)
        {
            return;
        }

        lock (_lock)
        {
            if (_closed is null)
            {
                _ready.Enqueue(message, message.SequenceNumber);
                _receivers.Wake();
            }
        }
    }

    /// <summary>New messages are on disk.</summary>
    public void Announce(int count)
    {
        _moreInStore = true;
        lock (_lock)
        {
            _receivers.Wake(count);
        }
    }

    /// <summary>Frees all that the channel holds; whoever still uses it gets the exception.</summary>
    public void Close(Func<Exception> reason)
    {
        lock (_lock)
        {
            _closed ??= reason;
            _ready.Clear();
            _locks.Dispose();
            _receivers.WakeAll();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close(() => new ObjectDisposedException(nameof(Broker), "The embedded platform of this queue is closed."));

    public void ThrowIfLost()
    {
        lock (_lock)
        {
            ThrowIfClosed();
        }
    }

    private List<StoredMessage> TakeReady(int maxMessages)
    {
        var taken = new List<StoredMessage>();
        while (taken.Count < maxMessages)
        {
            if (_ready.TryDequeue(out var message, out _))
            {
                taken.Add(message);
                continue;
            }

            if (!_moreInStore)
            {
                break;
            }

            // Cleared before reading: a message committed after the read sets it again.
            _moreInStore = false;
            var rows = _queue.ReadActive(SessionId, _windowEnd, WindowRows);
            foreach (var row in rows)
            {
                _ready.Enqueue(row, row.SequenceNumber);
                _windowEnd = row.SequenceNumber;
            }

            _moreInStore |= rows.Count == WindowRows;
        }

        return taken;
    }

    private async Task<IReadOnlyList<StoredMessage>> AdmitAsync(List<StoredMessage> taken, bool deleteAtOnce)
    {
        try
        {
            return await _queue.DeliverAsync(taken, deleteAtOnce).ConfigureAwait(false);
        }
        catch
        {
            taken.ForEach(Return);
            throw;
        }
    }

    private List<MessageLock> Lock(IReadOnlyList<StoredMessage> delivered, bool deleteAtOnce)
    {
        var locks = new List<MessageLock>(delivered.Count);
        lock (_lock)
        {
            if (!deleteAtOnce)
            {
                ThrowIfClosed();
            }

            var until = LockEnd();
            foreach (var message in delivered)
            {
                locks.Add(deleteAtOnce ? new MessageLock(message, default) : _locks.Add(message, until, expires: _session is null));
            }
        }

        return locks;
    }

    private void OnLocksExpired()
    {
        List<StoredMessage> expired;
        lock (_lock)
        {
            expired = _closed is null ? _locks.TakeExpired(TimeProvider.System.GetUtcNow()) : [];
        }

        foreach (var message in expired)
        {
            _ = ReturnExpiredAsync(message);
        }
    }

    private async Task ReturnExpiredAsync(StoredMessage message)
    {
        try
        {
            await _queue.ReturnAsync(this, message).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The write to the dead-letter queue failed, so the message is in the channel again and the next receive repeats it.
        }
    }

    private DateTimeOffset LockEnd() => _session?.LockedUntil ?? TimeProvider.System.GetUtcNow() + _queue.Options.LockDuration;

    private void ThrowIfClosed()
    {
        if (_closed is { } reason)
        {
            throw reason();
        }
    }
}
