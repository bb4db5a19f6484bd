using Azure.Messaging.ServiceBus;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles the messages that started an invocation. Safe for concurrent use.</summary>
public class ServiceBusMessageActions
{
    private readonly ServiceBusReceiver _receiver = null!;
    private readonly HashSet<string> _settled = new(StringComparer.Ordinal);

    internal ServiceBusMessageActions(ServiceBusReceiver receiver) => _receiver = receiver;

    /// <summary>For mocking.</summary>
    protected ServiceBusMessageActions()
    {
    }

    /// <inheritdoc cref="ServiceBusReceiver.CompleteMessageAsync"/>
    public virtual async Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        await _receiver.CompleteMessageAsync(message, cancellationToken).ConfigureAwait(false);
        Remember(message);
    }

    /// <inheritdoc cref="ServiceBusReceiver.AbandonMessageAsync"/>
    public virtual async Task AbandonMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = default, CancellationToken cancellationToken = default)
    {
        await _receiver.AbandonMessageAsync(message, propertiesToModify, cancellationToken).ConfigureAwait(false);
        Remember(message);
    }

    /// <inheritdoc cref="ServiceBusReceiver.DeadLetterMessageAsync(ServiceBusReceivedMessage, IDictionary{string, object}, string, string, CancellationToken)"/>
    public virtual async Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default)
    {
        await _receiver.DeadLetterMessageAsync(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken).ConfigureAwait(false);
        Remember(message);
    }

    /// <inheritdoc cref="ServiceBusReceiver.DeferMessageAsync"/>
    public virtual async Task DeferMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = default, CancellationToken cancellationToken = default)
    {
        await _receiver.DeferMessageAsync(message, propertiesToModify, cancellationToken).ConfigureAwait(false);
        Remember(message);
    }

    /// <inheritdoc cref="ServiceBusReceiver.RenewMessageLockAsync"/>
    public virtual Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        _receiver.RenewMessageLockAsync(message, cancellationToken);

    /// <summary>True when the function has decided about the message itself.</summary>
    internal bool HasSettled(ServiceBusReceivedMessage message)
    {
        lock (_settled)
        {
            return _settled.Contains(message.LockToken);
        }
    }

    private void Remember(ServiceBusReceivedMessage message)
    {
        lock (_settled)
        {
            _settled.Add(message.LockToken);
        }
    }
}
