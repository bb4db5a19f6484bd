using Azure.Messaging.ServiceBus;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>A message ready to be stored: encoded and checked.</summary>
/// <param name="Content">What the sender wrote.</param>
/// <param name="Header">Encoded content without the body.</param>
/// <param name="TimeToLive">As the sender set it; <see cref="TimeSpan.MaxValue"/> for none.</param>
/// <param name="ScheduledTime">City instant at which it enters the queue; the past means at once.</param>
internal sealed record OutgoingMessage(BrokeredContent Content, byte[] Header, TimeSpan TimeToLive, DateTimeOffset ScheduledTime)
{
    /// <summary>Largest message, and largest batch, that a standard namespace takes: 256 KB.</summary>
    public const long MaxSize = 256 * 1024;

    public long Size => Header.Length + Content.Body.Length;

    public static OutgoingMessage From(ServiceBusMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var content = new BrokeredContent
        {
            MessageId = message.MessageId ?? Guid.NewGuid().ToString("N"),
            SessionId = message.SessionId,
            CorrelationId = message.CorrelationId,
            Subject = message.Subject,
            ContentType = message.ContentType,
            ReplyTo = message.ReplyTo,
            ReplyToSessionId = message.ReplyToSessionId,
            To = message.To,
            PartitionKey = message.PartitionKey,
            Properties = message.ApplicationProperties.Count == 0 ? BrokeredContent.NoProperties : new Dictionary<string, object>(message.ApplicationProperties),
            Body = message.Body.ToMemory(),
        };
        return new OutgoingMessage(content, MessageHeader.Encode(content), message.TimeToLive, message.ScheduledEnqueueTime);
    }

    /// <exception cref="ServiceBusException">Together they are above <see cref="MaxSize"/>.</exception>
    public static void CheckSize(IReadOnlyList<OutgoingMessage> messages, string queue)
    {
        var size = messages.Sum(message => message.Size);
        if (size > MaxSize)
        {
            throw new ServiceBusException($"The messages to send have {size} bytes; the limit is {MaxSize} bytes.", ServiceBusFailureReason.MessageSizeExceeded, queue);
        }
    }
}
