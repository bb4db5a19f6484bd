namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>Where a message stands; the numbers are those of <c>x-opt-message-state</c>, and are stored.</summary>
internal enum MessageState
{
    Active = 0,
    Deferred = 1,
    Scheduled = 2,
}

/// <summary>A message as it stands in a queue. Only its holder (the channel, or whoever holds its lock) changes it.</summary>
internal sealed class StoredMessage
{
    public required long SequenceNumber { get; init; }

    public required MessageState State { get; init; }

    public string? SessionId { get; init; }

    /// <summary>Deliveries that ended without a settlement, so 0 at the first delivery.</summary>
    public required int DeliveryCount { get; set; }

    /// <summary>City instant.</summary>
    public required DateTimeOffset EnqueuedTime { get; init; }

    /// <summary><see cref="TimeSpan.MaxValue"/> for ever.</summary>
    public required TimeSpan TimeToLive { get; init; }

    /// <summary>City instant at which a scheduled message enters, or entered, the queue.</summary>
    public DateTimeOffset? ScheduledTime { get; init; }

    /// <summary>Sequence number before the message was moved; 0 when it never was.</summary>
    public long EnqueuedSequenceNumber { get; init; }

    /// <summary>Message annotations of the sender that are not the broker's, as <c>MessageAnnotationBytes</c> writes them.</summary>
    public byte[]? Annotations { get; init; }

    /// <summary>An encoded AMQP map of application properties changed by settlements.</summary>
    public byte[]? Changes { get; set; }

    /// <summary>The sender's bytes from the properties section on.</summary>
    public required byte[] Bare { get; init; }

    /// <summary>City instant.</summary>
    public DateTimeOffset ExpiresAt => TimeToLive >= DateTimeOffset.MaxValue - EnqueuedTime ? DateTimeOffset.MaxValue : EnqueuedTime + TimeToLive;
}
