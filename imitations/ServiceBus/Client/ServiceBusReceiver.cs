using System.Runtime.CompilerServices;
using CityBrain.Embedded.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Receives from one queue, or its dead-letter queue, and settles what it received. Safe for concurrent use.</summary>
public class ServiceBusReceiver : IAsyncDisposable
{
    private readonly ServiceBusClient _client = null!;
    private readonly SubQueue _subQueue;
    private readonly string _queueName = "";
    private volatile bool _closed;

    /// <summary>For mocking.</summary>
    protected ServiceBusReceiver() => Identifier = "";

    /// <param name="client">Where the queue is.</param>
    /// <param name="queueName">The queue.</param>
    /// <param name="options">Mode and sub-queue.</param>
    protected internal ServiceBusReceiver(ServiceBusClient client, string queueName, ServiceBusReceiverOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= new ServiceBusReceiverOptions();
        (_client, _queueName, _subQueue, ReceiveMode) = (client, queueName, options.SubQueue, options.ReceiveMode);
        Identifier = options.Identifier ?? $"{queueName}-{Guid.NewGuid()}";
    }

    /// <summary>The namespace of the queue.</summary>
    public virtual string FullyQualifiedNamespace => _client.FullyQualifiedNamespace;

    /// <summary>The queue, with <c>/$deadletterqueue</c> for its dead-letter queue.</summary>
    public virtual string EntityPath => _subQueue == SubQueue.DeadLetter ? _queueName + "/$deadletterqueue" : _queueName;

    /// <summary>Name of the receiver.</summary>
    public virtual string Identifier { get; }

    /// <summary>Lock or delete what is received.</summary>
    public virtual ServiceBusReceiveMode ReceiveMode { get; }

    /// <summary>True after <see cref="CloseAsync"/>.</summary>
    public virtual bool IsClosed => _closed;

    private protected virtual MessageChannel Channel => Queue.Channel;

    private protected MessageQueue Queue
    {
        get
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            return _client.FindQueue(_queueName, _subQueue);
        }
    }

    private protected virtual string? SessionOfReceiver => null;

    private bool DeletesAtOnce => ReceiveMode == ServiceBusReceiveMode.ReceiveAndDelete;

    /// <summary>The next message, or null when none came in time.</summary>
    /// <inheritdoc cref="ReceiveMessagesAsync(int, TimeSpan?, CancellationToken)"/>
    public virtual async Task<ServiceBusReceivedMessage?> ReceiveMessageAsync(TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
    {
        var received = await ReceiveMessagesAsync(1, maxWaitTime, cancellationToken).ConfigureAwait(false);
        return received.Count == 0 ? null : received[0];
    }

    /// <summary>The messages that are there, or come first; empty when none came in time.</summary>
    /// <param name="maxMessages">Most messages to receive, at least 1.</param>
    /// <param name="maxWaitTime">How long to wait for the first message, above zero; 1 minute unless the client says otherwise.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ServiceBusException">The queue does not exist, or the lock of the session is lost.</exception>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        if (maxWaitTime is { } wait)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(wait, TimeSpan.Zero, nameof(maxWaitTime));
        }

        var locks = await Channel.ReceiveAsync(maxMessages, maxWaitTime ?? _client.TryTimeout, DeletesAtOnce, cancellationToken).ConfigureAwait(false);
        return Received(locks);
    }

    /// <summary>All messages as they come, until it is cancelled.</summary>
    public virtual async IAsyncEnumerable<ServiceBusReceivedMessage> ReceiveMessagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await ReceiveMessageAsync(null, cancellationToken).ConfigureAwait(false) is { } message)
            {
                yield return message;
            }
        }
    }

    /// <summary>Reads a message without receiving it; null when there is none from that number on.</summary>
    public virtual async Task<ServiceBusReceivedMessage?> PeekMessageAsync(long? fromSequenceNumber = null, CancellationToken cancellationToken = default)
    {
        var peeked = await PeekMessagesAsync(1, fromSequenceNumber, cancellationToken).ConfigureAwait(false);
        return peeked.Count == 0 ? null : peeked[0];
    }

    /// <summary>Reads messages of every state without receiving them, from a sequence number on.</summary>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(int maxMessages, long? fromSequenceNumber = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        cancellationToken.ThrowIfCancellationRequested();
        var (queue, session) = (Queue, SessionOfReceiver);
        var peeked = await Task.Run(() => queue.Peek(fromSequenceNumber ?? 0, maxMessages, session), cancellationToken).ConfigureAwait(false);
        return peeked.ConvertAll(message => ServiceBusReceivedMessage.From(message));
    }

    /// <summary>Removes a message that was dealt with.</summary>
    /// <exception cref="ServiceBusException">The lock of the message, or of its session, is lost.</exception>
    public virtual async Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        await Queue.CompleteAsync(Channel, TokenOf(message, cancellationToken)).ConfigureAwait(false);

    /// <summary>Gives a message back; it is delivered again, or dead-lettered when it was delivered too often.</summary>
    /// <inheritdoc cref="CompleteMessageAsync" path="/exception"/>
    public virtual async Task AbandonMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        await Queue.AbandonAsync(Channel, TokenOf(message, cancellationToken), propertiesToModify).ConfigureAwait(false);

    /// <summary>Puts a message aside; it is received by its sequence number only.</summary>
    /// <inheritdoc cref="CompleteMessageAsync" path="/exception"/>
    public virtual async Task DeferMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        await Queue.DeferAsync(Channel, TokenOf(message, cancellationToken), propertiesToModify).ConfigureAwait(false);

    /// <summary>Moves a message to the dead-letter queue.</summary>
    /// <inheritdoc cref="CompleteMessageAsync" path="/exception"/>
    public virtual async Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        await Queue.DeadLetterAsync(Channel, TokenOf(message, cancellationToken), new DeadLetterReason(null, null), propertiesToModify).ConfigureAwait(false);

    /// <summary>Moves a message to the dead-letter queue and says why.</summary>
    /// <inheritdoc cref="CompleteMessageAsync" path="/exception"/>
    public virtual async Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, string? deadLetterReason, string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default) =>
        await Queue.DeadLetterAsync(Channel, TokenOf(message, cancellationToken), new DeadLetterReason(deadLetterReason, deadLetterErrorDescription), null).ConfigureAwait(false);

    /// <summary>Moves a message to the dead-letter queue with changed properties and says why.</summary>
    /// <inheritdoc cref="CompleteMessageAsync" path="/exception"/>
    public virtual async Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify, string? deadLetterReason, string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default) =>
        await Queue.DeadLetterAsync(Channel, TokenOf(message, cancellationToken), new DeadLetterReason(deadLetterReason, deadLetterErrorDescription), propertiesToModify).ConfigureAwait(false);

    /// <summary>Extends the lock by the queue's lock duration, in real time, from now on.</summary>
    /// <inheritdoc cref="CompleteMessageAsync" path="/exception"/>
    public virtual Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (SessionOfReceiver is not null)
        {
            throw new InvalidOperationException("Messages of a session have no locks of their own: renew the lock of the session.");
        }

        try
        {
            message.LockedUntil = Channel.Renew(TokenOf(message, cancellationToken));
            return Task.CompletedTask;
        }
        catch (Exception failure)
        {
            return Task.FromException(failure);
        }
    }

    /// <summary>Receives a message that was put aside.</summary>
    /// <exception cref="ServiceBusException">There is none with that number, or another receiver has it.</exception>
    public virtual async Task<ServiceBusReceivedMessage> ReceiveDeferredMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default) =>
        (await ReceiveDeferredMessagesAsync([sequenceNumber], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Receives messages that were put aside.</summary>
    /// <exception cref="ServiceBusException">There is none with one of the numbers, or another receiver has it.</exception>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveDeferredMessagesAsync(IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var numbers = sequenceNumbers.Distinct().ToList();
        var found = Queue.FindDeferred(numbers, SessionOfReceiver);
        var received = Received(await Channel.ReceiveDeferredAsync(found, DeletesAtOnce).ConfigureAwait(false));
        return received.Count == numbers.Count
            ? received
            : throw new ServiceBusException("A deferred message has expired or was delivered too often.", ServiceBusFailureReason.MessageNotFound, EntityPath);
    }

    /// <summary>Closes the receiver. Locks it holds end by expiry; a session it holds is released at once.</summary>
    public virtual Task CloseAsync(CancellationToken cancellationToken = default)
    {
        _closed = true;
        return Task.CompletedTask;
    }

    /// <summary>Closes the receiver.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private static Guid TokenOf(ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        return message.LockTokenGuid != Guid.Empty
            ? message.LockTokenGuid
            : throw new InvalidOperationException("A message that was peeked at, or received with ReceiveAndDelete, has no lock and cannot be settled.");
    }

    private List<ServiceBusReceivedMessage> Received(IReadOnlyList<MessageLock> locks)
    {
        var received = new List<ServiceBusReceivedMessage>(locks.Count);
        foreach (var held in locks)
        {
            received.Add(ServiceBusReceivedMessage.From(held.Message, DeletesAtOnce ? null : held));
        }

        return received;
    }
}
