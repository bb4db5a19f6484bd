namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>What a queue promises; names and defaults are those of an Azure Service Bus queue.</summary>
public sealed record QueueOptions
{
    /// <summary>The longest lock that Azure Service Bus grants.</summary>
    public static readonly TimeSpan LongestLock = TimeSpan.FromMinutes(5);

    /// <summary>Name of the queue, compared without case.</summary>
    public required string Name { get; init; }

    /// <summary>How long a received message, or an accepted session, stays with its receiver, in real time: above 0, at most 5 minutes.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Deliveries after which a message that is still not settled goes to the dead-letter queue; at least 1.</summary>
    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>Every message carries a session id, and a session has one receiver at a time, who sees its messages in order.</summary>
    public bool RequiresSession { get; init; }

    /// <summary>A message whose id was sent within this span of real time is accepted and dropped; null keeps no history.</summary>
    public TimeSpan? DuplicateDetectionWindow { get; init; }

    /// <summary>Upper bound of a message's time to live, in city time; null means for ever.</summary>
    public TimeSpan? DefaultTimeToLive { get; init; }

    /// <summary>A message that expires is dead-lettered with the reason <c>TTLExpiredException</c> rather than dropped.</summary>
    public bool DeadLetteringOnMessageExpiration { get; init; }

    /// <summary>Largest message, and largest batch as a whole, in bytes as it is encoded on the wire: 1 KiB to 100 MiB.</summary>
    public int MaxMessageSize { get; init; } = 1024 * 1024;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the sentence says which.</exception>
    public void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(Name) && Name.Length <= 260 && !Name.Contains('$', StringComparison.Ordinal), "needs a name of 1 to 260 characters without $");
        Require(LockDuration > TimeSpan.Zero && LockDuration <= LongestLock, $"needs a LockDuration above 0 and at most {LongestLock}");
        Require(MaxDeliveryCount >= 1, "needs a MaxDeliveryCount of at least 1");
        Require(DuplicateDetectionWindow is null || DuplicateDetectionWindow > TimeSpan.Zero, "needs a DuplicateDetectionWindow above 0");
        Require(DefaultTimeToLive is null || DefaultTimeToLive > TimeSpan.Zero, "needs a DefaultTimeToLive above 0");
        Require(MaxMessageSize is >= 1024 and <= 100 * 1024 * 1024, "needs a MaxMessageSize of 1024 to 104857600 bytes");
    }

    private void Require(bool met, string sentence)
    {
        if (!met)
        {
            throw new ArgumentException($"The queue '{Name}' {sentence}.");
        }
    }
}
