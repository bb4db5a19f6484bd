using CityBrain.Embedded.ServiceBus.Broker;

namespace CityBrain.Embedded.ServiceBus.Messages;

/// <summary>A message ready to be stored: what the broker needs of it, and the sender's bytes.</summary>
internal sealed record IncomingMessage
{
    /// <summary>Longest message id and session id that Azure Service Bus takes, in characters.</summary>
    public const int LongestId = 128;

    public required string MessageId { get; init; }

    public string? SessionId { get; init; }

    /// <summary>As the sender set it; <see cref="TimeSpan.MaxValue"/> for none.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.MaxValue;

    /// <summary>City instant at which it enters the queue; null or the past means at once.</summary>
    public DateTimeOffset? ScheduledTime { get; init; }

    /// <inheritdoc cref="StoredMessage.Annotations"/>
    public byte[]? Annotations { get; init; }

    /// <inheritdoc cref="StoredMessage.Bare"/>
    public required byte[] Bare { get; init; }
}
