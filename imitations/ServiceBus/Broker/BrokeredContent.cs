namespace CityBrain.Embedded.ServiceBus;

/// <summary>What a sender puts into a message; it does not change while the message is in the broker, except for its properties.</summary>
internal sealed record BrokeredContent
{
    public static readonly IReadOnlyDictionary<string, object> NoProperties = new Dictionary<string, object>();

    public required string MessageId { get; init; }

    public string? SessionId { get; init; }

    public string? CorrelationId { get; init; }

    public string? Subject { get; init; }

    public string? ContentType { get; init; }

    public string? ReplyTo { get; init; }

    public string? ReplyToSessionId { get; init; }

    public string? To { get; init; }

    public string? PartitionKey { get; init; }

    public IReadOnlyDictionary<string, object> Properties { get; init; } = NoProperties;

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The content with some properties added or replaced.</summary>
    public BrokeredContent With(IEnumerable<KeyValuePair<string, object>>? changes)
    {
        if (changes is null)
        {
            return this;
        }

        var merged = new Dictionary<string, object>(Properties);
        foreach (var (key, value) in changes)
        {
            merged[key] = value;
        }

        return this with { Properties = merged };
    }
}
