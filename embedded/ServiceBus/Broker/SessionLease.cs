namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>One receiver's hold on a session, with the session's messages. Ends by release or, in real time, by expiry. Safe for concurrent use.</summary>
internal sealed class SessionLease : IDisposable
{
    private readonly MessageQueue _queue;
    private readonly Action<SessionLease> _onFree;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private DateTimeOffset _lockedUntil;
    private Action? _onLost;
    private bool _ended;

    /// <param name="queue">The queue of the session.</param>
    /// <param name="sessionId">Its name.</param>
    /// <param name="activity">Counts what is under way.</param>
    /// <param name="onFree">Told when the session can be accepted again.</param>
    public SessionLease(MessageQueue queue, string sessionId, Activity activity, Action<SessionLease> onFree)
    {
        (_queue, SessionId, _onFree) = (queue, sessionId, onFree);
        _lockedUntil = TimeProvider.System.GetUtcNow() + queue.Options.LockDuration;
        Channel = new MessageChannel(queue, this, activity);
        _timer = TimeProvider.System.CreateTimer(_ => OnTimer(), null, queue.Options.LockDuration, Timeout.InfiniteTimeSpan);
    }

    public string SessionId { get; }

    public MessageChannel Channel { get; }

    public MessageQueue Queue => _queue;

    /// <summary>Real instant at which the session is free again.</summary>
    public DateTimeOffset LockedUntil
    {
        get
        {
            lock (_lock)
            {
                return _lockedUntil;
            }
        }
    }

    /// <summary>Names what runs, on a timer thread, when the lock expires; at once when it has.</summary>
    public void OnLost(Action lost)
    {
        lock (_lock)
        {
            if (!_ended)
            {
                _onLost = lost;
                return;
            }
        }

        lost();
    }

    /// <returns>The real instant until which the session is locked now.</returns>
    /// <exception cref="BrokerException">The lock is lost.</exception>
    public DateTimeOffset Renew()
    {
        Channel.ThrowIfLost();
        lock (_lock)
        {
            _lockedUntil = TimeProvider.System.GetUtcNow() + _queue.Options.LockDuration;
            _timer.Change(_queue.Options.LockDuration, Timeout.InfiniteTimeSpan);
            return _lockedUntil;
        }
    }

    /// <summary>Gives the session up. Messages not settled count as delivered, and are delivered again to whoever accepts it next.</summary>
    public async Task ReleaseAsync()
    {
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
        }

        await _timer.DisposeAsync().ConfigureAwait(false);
        var unsettled = Channel.Close(Lost);
        await _queue.GiveBackAsync(Channel, unsettled).ConfigureAwait(false);
        _onFree(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        Channel.Dispose();
    }

    private BrokerException Lost() => new(BrokerFailure.SessionLockLost, $"The lock of the session '{SessionId}' has expired or was released. Accept the session again.");

    private void OnTimer()
    {
        Action? lost;
        lock (_lock)
        {
            var left = _lockedUntil - TimeProvider.System.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                return;
            }

            lost = _ended ? null : _onLost;
        }

        _ = ReleaseAsync();
        lost?.Invoke();
    }
}
