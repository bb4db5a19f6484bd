using CityBrain.Embedded.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Makes, for tests, what otherwise only the service makes.</summary>
public static class ServiceBusModelFactory
{
    /// <summary>A message as if it had been received.</summary>
    public static ServiceBusReceivedMessage ServiceBusReceivedMessage(
        BinaryData? body = null,
        string? messageId = null,
        string? partitionKey = null,
        string? viaPartitionKey = null,
        string? sessionId = null,
        string? replyToSessionId = null,
        TimeSpan timeToLive = default,
        string? correlationId = null,
        string? subject = null,
        string? to = null,
        string? contentType = null,
        string? replyTo = null,
        DateTimeOffset scheduledEnqueueTime = default,
        IDictionary<string, object>? properties = null,
        Guid lockTokenGuid = default,
        int deliveryCount = 0,
        DateTimeOffset lockedUntil = default,
        long sequenceNumber = -1,
        string? deadLetterSource = null,
        long enqueuedSequenceNumber = 0,
        DateTimeOffset enqueuedTime = default,
        ServiceBusMessageState serviceBusMessageState = ServiceBusMessageState.Active)
    {
        var content = new BrokeredContent
        {
            MessageId = messageId ?? "",
            PartitionKey = partitionKey,
            SessionId = sessionId,
            ReplyToSessionId = replyToSessionId,
            CorrelationId = correlationId,
            Subject = subject,
            To = to,
            ContentType = contentType,
            ReplyTo = replyTo,
            Properties = properties is null ? BrokeredContent.NoProperties : new Dictionary<string, object>(properties),
            Body = body?.ToMemory() ?? ReadOnlyMemory<byte>.Empty,
        };
        return new ServiceBusReceivedMessage(content)
        {
            TransactionPartitionKey = viaPartitionKey,
            TimeToLive = timeToLive == default ? TimeSpan.MaxValue : timeToLive,
            ScheduledEnqueueTime = scheduledEnqueueTime,
            LockTokenGuid = lockTokenGuid,
            DeliveryCount = deliveryCount,
            LockedUntil = lockedUntil,
            SequenceNumber = sequenceNumber,
            DeadLetterSource = deadLetterSource,
            EnqueuedSequenceNumber = enqueuedSequenceNumber,
            EnqueuedTime = enqueuedTime,
            State = serviceBusMessageState,
        };
    }

    /// <summary>A batch that a mocked sender returns; what is added goes to the given list.</summary>
    public static ServiceBusMessageBatch ServiceBusMessageBatch(
        long batchSizeBytes, IList<ServiceBusMessage> batchMessageStore, CreateMessageBatchOptions? batchOptions = null, Func<ServiceBusMessage, bool>? tryAddCallback = null) =>
        new(batchOptions?.MaxSizeInBytes ?? long.MaxValue, new FakeBatch(batchSizeBytes, batchMessageStore, tryAddCallback));
}
