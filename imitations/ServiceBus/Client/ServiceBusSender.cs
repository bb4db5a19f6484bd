using CityBrain.Embedded.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Sends to one queue. A send completes when its messages are on disk. Safe for concurrent use.</summary>
public class ServiceBusSender : IAsyncDisposable
{
    private readonly ServiceBusClient _client = null!;
    private volatile bool _closed;

    /// <summary>For mocking.</summary>
    protected ServiceBusSender() => (EntityPath, Identifier) = ("", "");

    /// <param name="client">Where the queue is.</param>
    /// <param name="queueOrTopicName">The queue.</param>
    protected internal ServiceBusSender(ServiceBusClient client, string queueOrTopicName)
    {
        ArgumentNullException.ThrowIfNull(client);
        (_client, EntityPath, Identifier) = (client, queueOrTopicName, $"{queueOrTopicName}-{Guid.NewGuid()}");
    }

    /// <summary>The namespace of the queue.</summary>
    public virtual string FullyQualifiedNamespace => _client.FullyQualifiedNamespace;

    /// <summary>The queue.</summary>
    public virtual string EntityPath { get; }

    /// <summary>Name of the sender.</summary>
    public virtual string Identifier { get; }

    /// <summary>True after <see cref="CloseAsync"/>.</summary>
    public virtual bool IsClosed => _closed;

    /// <summary>Sends one message.</summary>
    /// <exception cref="ServiceBusException">The queue does not exist, or the message is larger than 256 KB.</exception>
    /// <exception cref="InvalidOperationException">The queue requires sessions and the message has no session id.</exception>
    public virtual async Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        await SendAsync([OutgoingMessage.From(message)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends the messages as one: all are stored or none.</summary>
    /// <inheritdoc cref="SendMessageAsync" path="/exception"/>
    public virtual async Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        await SendAsync([.. messages.Select(OutgoingMessage.From)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a batch as one: all are stored or none.</summary>
    /// <inheritdoc cref="SendMessageAsync" path="/exception"/>
    public virtual Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messageBatch);
        return SendAsync(messageBatch.Messages, cancellationToken);
    }

    /// <summary>An empty batch that holds what one send can carry.</summary>
    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default) =>
        CreateMessageBatchAsync(new CreateMessageBatchOptions(), cancellationToken);

    /// <summary>An empty batch.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size asked for is larger than one send can carry.</exception>
    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CreateMessageBatchOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfClosed();
        var size = options?.MaxSizeInBytes ?? OutgoingMessage.MaxSize;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, OutgoingMessage.MaxSize, nameof(options));
        return ValueTask.FromResult(new ServiceBusMessageBatch(size));
    }

    /// <summary>Stores a message that enters the queue at a city instant; returns the number by which it can be cancelled until then.</summary>
    /// <inheritdoc cref="SendMessageAsync" path="/exception"/>
    public virtual async Task<long> ScheduleMessageAsync(ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (await ScheduleMessagesAsync([message], scheduledEnqueueTime, cancellationToken).ConfigureAwait(false))[0];
    }

    /// <summary>Stores messages that enter the queue at a city instant, all or none; returns the numbers by which they can be cancelled until then.</summary>
    /// <inheritdoc cref="SendMessageAsync" path="/exception"/>
    public virtual async Task<IReadOnlyList<long>> ScheduleMessagesAsync(IEnumerable<ServiceBusMessage> messages, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return await SendAsync([.. messages.Select(message => OutgoingMessage.From(message) with { ScheduledTime = scheduledEnqueueTime })], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a scheduled message back.</summary>
    /// <exception cref="ServiceBusException">It has entered the queue, or never was.</exception>
    public virtual Task CancelScheduledMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default) => CancelScheduledMessagesAsync([sequenceNumber], cancellationToken);

    /// <summary>Takes scheduled messages back, all or none.</summary>
    /// <exception cref="ServiceBusException">One has entered the queue, or never was.</exception>
    public virtual async Task CancelScheduledMessagesAsync(IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfClosed();
        await _client.FindQueue(EntityPath).CancelScheduledAsync([.. sequenceNumbers]).ConfigureAwait(false);
    }

    /// <summary>Closes the sender.</summary>
    public virtual Task CloseAsync(CancellationToken cancellationToken = default)
    {
        _closed = true;
        return Task.CompletedTask;
    }

    /// <summary>Closes the sender.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    private async Task<IReadOnlyList<long>> SendAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfClosed();
        return messages.Count == 0 ? [] : await _client.FindQueue(EntityPath).SendAsync(messages).ConfigureAwait(false);
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, this);
}
