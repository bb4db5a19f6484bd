using CityBrain.Embedded.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Holds one session of a queue: receives its messages in order and keeps its state. Closing it releases the session.</summary>
public class ServiceBusSessionReceiver : ServiceBusReceiver
{
    private readonly SessionLease _lease = null!;

    /// <summary>For mocking.</summary>
    protected ServiceBusSessionReceiver()
    {
    }

    internal ServiceBusSessionReceiver(ServiceBusClient client, MessageQueue queue, SessionLease lease, ServiceBusSessionReceiverOptions options)
        : base(client, queue.Options.Name, new ServiceBusReceiverOptions { ReceiveMode = options.ReceiveMode, Identifier = options.Identifier }) => _lease = lease;

    /// <inheritdoc/>
    public override bool IsClosed => base.IsClosed;

    /// <summary>The session.</summary>
    public virtual string SessionId => _lease.SessionId;

    /// <summary>Real instant at which the session is free again, if its lock is not renewed.</summary>
    public virtual DateTimeOffset SessionLockedUntil => _lease.LockedUntil;

    private protected override MessageChannel Channel => base.IsClosed ? throw new ObjectDisposedException(nameof(ServiceBusSessionReceiver)) : _lease.Channel;

    private protected override string? SessionOfReceiver => _lease.SessionId;

    /// <summary>The state last set, or null.</summary>
    /// <exception cref="ServiceBusException">The lock of the session is lost.</exception>
    public virtual async Task<BinaryData?> GetSessionStateAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Channel.ThrowIfLost();
        var queue = Queue;
        return await Task.Run(() => queue.SessionState(_lease.SessionId), cancellationToken).ConfigureAwait(false) is { } state ? BinaryData.FromBytes(state) : null;
    }

    /// <summary>Stores a state with the session; null removes it.</summary>
    /// <exception cref="ServiceBusException">The lock of the session is lost.</exception>
    public virtual async Task SetSessionStateAsync(BinaryData? sessionState, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Channel.ThrowIfLost();
        await Queue.SetSessionStateAsync(_lease.SessionId, sessionState?.ToArray()).ConfigureAwait(false);
    }

    /// <summary>Extends the lock of the session by the queue's lock duration, in real time, from now on.</summary>
    /// <exception cref="ServiceBusException">The lock of the session is lost.</exception>
    public virtual Task RenewSessionLockAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(base.IsClosed, this);
            _lease.Renew();
            return Task.CompletedTask;
        }
        catch (Exception failure)
        {
            return Task.FromException(failure);
        }
    }

    /// <summary>Releases the session.</summary>
    public override async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        if (!base.IsClosed)
        {
            await base.CloseAsync(cancellationToken).ConfigureAwait(false);
            _lease?.Release();
        }
    }
}
