using Azure.Messaging.ServiceBus;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The session whose messages started an invocation.</summary>
public class ServiceBusSessionMessageActions
{
    private readonly ServiceBusSessionReceiver _receiver = null!;
    private volatile bool _released;

    internal ServiceBusSessionMessageActions(ServiceBusSessionReceiver receiver)
    {
        _receiver = receiver;
        SessionLockedUntil = receiver.SessionLockedUntil;
    }

    /// <summary>For mocking.</summary>
    protected ServiceBusSessionMessageActions()
    {
    }

    /// <summary>Real instant at which the session is free again, as it was known when the invocation began or last renewed the lock.</summary>
    public virtual DateTimeOffset SessionLockedUntil { get; protected set; }

    /// <summary>True when the function wants the session to be released after this invocation.</summary>
    internal bool IsReleased => _released;

    /// <summary>The state last set; empty when there is none.</summary>
    /// <exception cref="ServiceBusException">The lock of the session is lost.</exception>
    public virtual async Task<BinaryData> GetSessionStateAsync(CancellationToken cancellationToken = default) =>
        await _receiver.GetSessionStateAsync(cancellationToken).ConfigureAwait(false) ?? BinaryData.FromBytes(ReadOnlyMemory<byte>.Empty);

    /// <summary>Stores a state with the session.</summary>
    /// <exception cref="ServiceBusException">The lock of the session is lost.</exception>
    public virtual Task SetSessionStateAsync(BinaryData sessionState, CancellationToken cancellationToken = default) => _receiver.SetSessionStateAsync(sessionState, cancellationToken);

    /// <summary>Asks that the session is released when this invocation has ended, so that other sessions get their turn.</summary>
    public virtual Task ReleaseSession(CancellationToken cancellationToken = default)
    {
        _released = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc cref="ServiceBusSessionReceiver.RenewSessionLockAsync"/>
    public virtual async Task RenewSessionLockAsync(CancellationToken cancellationToken = default)
    {
        await _receiver.RenewSessionLockAsync(cancellationToken).ConfigureAwait(false);
        SessionLockedUntil = _receiver.SessionLockedUntil;
    }
}
