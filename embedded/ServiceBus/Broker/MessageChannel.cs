namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>
/// Hands out the messages of a queue, or of one session, in order. The file is the truth; the channel holds a window of it and the locks.
/// Safe for concurrent use.
/// </summary>
internal sealed partial class MessageChannel : IDisposable
{
    private readonly Lock _lock = new();
    private readonly MessageWindow _ready;
    private readonly WaitingList _receivers;
    private readonly MessageLocks _locks;
    private readonly MessageQueue _queue;
    private readonly SessionLease? _session;
    private Func<Exception>? _closed;

    public MessageChannel(MessageQueue queue, SessionLease? session, Activity activity)
    {
        (_queue, _session) = (queue, session);
        _ready = new MessageWindow(queue, session?.SessionId);
        _receivers = new WaitingList(_lock, activity);
        _locks = new MessageLocks(activity, OnLocksExpired);
    }

    /// <summary>Waits for messages and locks them, or deletes them at once; empty when none came in time or there is no room.</summary>
    /// <param name="room">How many messages the receiver takes now; asked again whenever some may be there.</param>
    /// <param name="maxWait">In real time; <see cref="Timeout.InfiniteTimeSpan"/> for ever, <see cref="TimeSpan.Zero"/> for what is ready now.</param>
    /// <param name="deleteAtOnce">True for receive-and-delete.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<MessageLock>> ReceiveAsync(Func<int> room, TimeSpan maxWait, bool deleteAtOnce, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (started, woken) = (TimeProvider.System.GetTimestamp(), false);
        while (true)
        {
            var (locked, expired) = (new List<MessageLock>(), new List<ExpiredMessage>());
            LinkedListNode<TaskCompletionSource>? place = null;
            lock (_lock)
            {
                try
                {
                    ThrowIfClosed();
                    var wanted = room();
                    Take(wanted, deleteAtOnce, locked, expired);
                    if (wanted == 0 && woken)
                    {
                        _receivers.Wake();
                    }

                    if (wanted == 0 || (maxWait == TimeSpan.Zero && locked.Count + expired.Count == 0))
                    {
                        return [];
                    }

                    place = locked.Count + expired.Count == 0 ? _receivers.Join() : null;
                }
                finally
                {
                    if (woken)
                    {
                        _receivers.Looked();
                    }
                }
            }

            if (place is null)
            {
                await _queue.ExpireAsync(expired).ConfigureAwait(false);
                if (locked.Count > 0)
                {
                    return deleteAtOnce ? await DeleteAsync(locked).ConfigureAwait(false) : locked;
                }

                woken = false;
            }
            else
            {
                woken = await _receivers.WaitAsync(place, WaitingList.Left(maxWait, started), cancellationToken).ConfigureAwait(false);
                if (!woken)
                {
                    return [];
                }
            }
        }
    }

    /// <summary>Deletes up to <paramref name="count"/> ready messages that entered before a city instant; returns how many.</summary>
    public async Task<int> DeleteBeforeAsync(int count, DateTimeOffset before)
    {
        var taken = new List<MessageLock>();
        lock (_lock)
        {
            ThrowIfClosed();
            while (taken.Count < count && _ready.Next() is { } next)
            {
                if (next.EnqueuedTime >= before)
                {
                    _ready.Return(next);
                    break;
                }

                taken.Add(new MessageLock(next, default));
            }
        }

        return (await DeleteAsync(taken).ConfigureAwait(false)).Count;
    }

    /// <summary>Makes a message available again, in its old place; the receiver that has waited longest gets it.</summary>
    public void Return(StoredMessage message)
    {
        lock (_lock)
        {
            if (_closed is null && message.State == MessageState.Active)
            {
                _ready.Return(message);
                _receivers.Wake();
            }
        }
    }

    /// <summary>New messages are on disk.</summary>
    public void Announce(int count)
    {
        _ready.HasMoreInStore = true;
        lock (_lock)
        {
            _receivers.Wake(count);
        }
    }

    /// <summary>Ends the channel; whoever still uses it gets the exception. Returns the messages that were locked.</summary>
    public IReadOnlyList<StoredMessage> Close(Func<Exception> reason)
    {
        lock (_lock)
        {
            _closed ??= reason;
            _ready.Clear();
            _locks.Dispose();
            _receivers.WakeAll();
            return _locks.TakeAll();
        }
    }

    public void ThrowIfLost()
    {
        lock (_lock)
        {
            ThrowIfClosed();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close(() => new ObjectDisposedException(nameof(MessageBroker), "The broker is closed."));

    private void Take(int wanted, bool deleteAtOnce, List<MessageLock> locked, List<ExpiredMessage> expired)
    {
        var (now, until) = (_queue.Now, LockEnd());
        while (locked.Count < wanted && _ready.Next() is { } next)
        {
            if (next.ExpiresAt <= now)
            {
                expired.Add(new ExpiredMessage(0, next.SequenceNumber, _queue.Id, next.SessionId, next.DeliveryCount, next.Changes));
            }
            else
            {
                locked.Add(deleteAtOnce ? new MessageLock(next, default) : _locks.Add(next, until, expires: _session is null));
            }
        }
    }

    private async Task<IReadOnlyList<MessageLock>> DeleteAsync(List<MessageLock> taken)
    {
        try
        {
            await _queue.DeleteAsync(taken.ConvertAll(held => held.Message)).ConfigureAwait(false);
            return taken;
        }
        catch
        {
            taken.ForEach(held => Return(held.Message));
            throw;
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed is { } reason)
        {
            throw reason();
        }
    }
}
