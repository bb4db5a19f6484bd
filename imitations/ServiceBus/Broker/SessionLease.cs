using Azure.Messaging.ServiceBus;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>One receiver's hold on a session, with the session's messages. Ends by release or, in real time, by expiry.</summary>
internal sealed class SessionLease : IDisposable
{
    private readonly MessageQueue _queue;
    private readonly Action<SessionLease> _onEnd;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private DateTimeOffset _lockedUntil;

    public SessionLease(MessageQueue queue, string sessionId, Action<SessionLease> onEnd)
    {
        (_queue, SessionId, _onEnd) = (queue, sessionId, onEnd);
        _lockedUntil = TimeProvider.System.GetUtcNow() + queue.Options.LockDuration;
        Channel = new MessageChannel(queue, this);
        _timer = TimeProvider.System.CreateTimer(_ => OnTimer(), null, queue.Options.LockDuration, Timeout.InfiniteTimeSpan);
    }

    public string SessionId { get; }

    public MessageChannel Channel { get; }

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

    /// <exception cref="ServiceBusException">The lock is lost.</exception>
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

    /// <summary>Gives the session up; messages not settled are delivered again to whoever accepts it next.</summary>
    public void Release()
    {
        _timer.Dispose();
        Channel.Close(() => new ServiceBusException(
            $"The lock of the session '{SessionId}' has expired or was released. Accept the session again.", ServiceBusFailureReason.SessionLockLost, _queue.Path));
        _onEnd(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        Channel.Dispose();
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            var left = _lockedUntil - TimeProvider.System.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Release();
    }
}
