using CityBrain.Embedded.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message taken from a queue, or peeked at.</summary>
public class ServiceBusReceivedMessage
{
    private readonly BrokeredContent _content;

    internal ServiceBusReceivedMessage(BrokeredContent content)
    {
        _content = content;
        Body = BinaryData.FromBytes(content.Body);
    }

    /// <summary>The body.</summary>
    public BinaryData Body { get; }

    /// <summary>The id that the sender gave, or the broker made up.</summary>
    public string MessageId => _content.MessageId;

    /// <summary>Partition key, if the sender gave one.</summary>
    public string? PartitionKey => _content.PartitionKey;

    /// <summary>Partition key of a transfer queue.</summary>
    public string? TransactionPartitionKey { get; internal init; }

    /// <summary>The session.</summary>
    public string? SessionId => _content.SessionId;

    /// <summary>Session to reply to.</summary>
    public string? ReplyToSessionId => _content.ReplyToSessionId;

    /// <summary>How long the message lives from <see cref="EnqueuedTime"/> on.</summary>
    public TimeSpan TimeToLive { get; internal init; } = TimeSpan.MaxValue;

    /// <summary>Relates the message to something the application knows.</summary>
    public string? CorrelationId => _content.CorrelationId;

    /// <summary>What the message is about.</summary>
    public string? Subject => _content.Subject;

    /// <summary>Where the message should go on to.</summary>
    public string? To => _content.To;

    /// <summary>Media type of the body.</summary>
    public string? ContentType => _content.ContentType;

    /// <summary>Where to reply.</summary>
    public string? ReplyTo => _content.ReplyTo;

    /// <summary>City instant for which the message was scheduled; the default value for none.</summary>
    public DateTimeOffset ScheduledEnqueueTime { get; internal init; }

    /// <summary>The sender's properties and those changed since.</summary>
    public IReadOnlyDictionary<string, object> ApplicationProperties => _content.Properties;

    /// <summary>Identifies this delivery; a new one each time the message is received.</summary>
    public string LockToken => LockTokenGuid.ToString();

    /// <summary>How often the message was received, this time included.</summary>
    public int DeliveryCount { get; internal init; }

    /// <summary>Real instant at which the lock ends, if it is not renewed.</summary>
    public DateTimeOffset LockedUntil { get; internal set; }

    /// <summary>Place in the queue: grows with each message that enters.</summary>
    public long SequenceNumber { get; internal init; } = -1;

    /// <summary>The queue in which the message was dead-lettered, when it was forwarded from there.</summary>
    public string? DeadLetterSource { get; internal init; }

    /// <summary>Sequence number that the message had before it was moved.</summary>
    public long EnqueuedSequenceNumber { get; internal init; }

    /// <summary>City instant at which the message entered the queue.</summary>
    public DateTimeOffset EnqueuedTime { get; internal init; }

    /// <summary>City instant after which the message is not delivered any more.</summary>
    public DateTimeOffset ExpiresAt => TimeToLive >= DateTimeOffset.MaxValue - EnqueuedTime ? DateTimeOffset.MaxValue : EnqueuedTime + TimeToLive;

    /// <summary>Why the message was dead-lettered.</summary>
    public string? DeadLetterReason => Text(CityBrain.Embedded.ServiceBus.DeadLetterReason.ReasonProperty);

    /// <summary>What is wrong with the dead-lettered message.</summary>
    public string? DeadLetterErrorDescription => Text(CityBrain.Embedded.ServiceBus.DeadLetterReason.DescriptionProperty);

    /// <summary>Where the message stands in its queue.</summary>
    public ServiceBusMessageState State { get; internal init; }

    internal Guid LockTokenGuid { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{{MessageId:{MessageId}}}";

    internal static ServiceBusReceivedMessage From(StoredMessage message, MessageLock? held = null) => new(message.Content)
    {
        TimeToLive = message.TimeToLive,
        ScheduledEnqueueTime = message.ScheduledTime ?? default,
        LockTokenGuid = held?.Token ?? Guid.Empty,
        LockedUntil = held?.LockedUntil ?? default,
        DeliveryCount = message.DeliveryCount,
        SequenceNumber = message.SequenceNumber,
        EnqueuedSequenceNumber = message.EnqueuedSequenceNumber,
        EnqueuedTime = message.EnqueuedTime,
        State = message.State,
    };

    private string? Text(string property) => _content.Properties.TryGetValue(property, out var value) ? value as string : null;
}
