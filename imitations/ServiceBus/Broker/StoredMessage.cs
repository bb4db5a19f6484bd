using Azure.Messaging.ServiceBus;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>A message as it stands in a queue. Only its holder (the channel, or whoever holds its lock) changes it.</summary>
internal sealed class StoredMessage
{
    public required long SequenceNumber { get; init; }

    public required BrokeredContent Content { get; set; }

    public required ServiceBusMessageState State { get; init; }

    public required int DeliveryCount { get; set; }

    public required DateTimeOffset EnqueuedTime { get; init; }

    public required TimeSpan TimeToLive { get; init; }

    /// <summary>City instant at which a scheduled message enters the queue.</summary>
    public DateTimeOffset? ScheduledTime { get; init; }

    /// <summary>Sequence number before the message was moved; 0 when it never was.</summary>
    public long EnqueuedSequenceNumber { get; init; }

    public DateTimeOffset ExpiresAt => TimeToLive >= DateTimeOffset.MaxValue - EnqueuedTime ? DateTimeOffset.MaxValue : EnqueuedTime + TimeToLive;
}
