using CityBrain.Embedded.ServiceBus.Broker;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace CityBrain.Embedded.ServiceBus.Messages;

/// <summary>
/// Writes a message for a receiver: header and annotations of the broker before the stored bytes. The properties section is rewritten
/// only for a message with a time to live, because its instants are of the sender's clock, and the application properties only when a
/// settlement changed them.
/// </summary>
internal static class MessageEncoder
{
    /// <param name="message">As stored.</param>
    /// <param name="deliveryCount">For the header; AMQP counts earlier deliveries, so 0 the first time.</param>
    /// <param name="lockedUntil">Real instant; null for a message that is peeked or already deleted.</param>
    /// <param name="deadLetterSource">Name of the queue that the dead letter comes from; null elsewhere.</param>
    public static EncodedMessage Encode(StoredMessage message, int deliveryCount, DateTimeOffset? lockedUntil, string? deadLetterSource)
    {
        var expires = message.TimeToLive < TimeSpan.MaxValue;
        var buffer = new ByteBuffer(new byte[256], autoGrow: true);
        new Header { DeliveryCount = (uint)deliveryCount, Ttl = expires ? (uint)Math.Min(uint.MaxValue, message.TimeToLive.TotalMilliseconds) : null }.Encode(buffer);
        Annotations(message, lockedUntil, deadLetterSource).Encode(buffer);
        var untouched = 0;
        if (expires || message.Changes is not null)
        {
            untouched = Rewrite(message, expires, buffer);
        }

        return new EncodedMessage(new(buffer.Buffer, buffer.Offset, buffer.Length), new(message.Bare, untouched, message.Bare.Length - untouched));
    }

    private static MessageAnnotations Annotations(StoredMessage message, DateTimeOffset? lockedUntil, string? deadLetterSource)
    {
        var annotations = new MessageAnnotations();
        var map = annotations.Map;
        foreach (var (key, value) in message.Annotations is { } kept ? AmqpMaps.Decode(kept) : [])
        {
            map[(AmqpSymbol)key.Key] = value;
        }

        map[AmqpNames.SequenceNumber] = message.SequenceNumber;
        map[AmqpNames.EnqueuedTime] = message.EnqueuedTime.UtcDateTime;
        map[AmqpNames.MessageState] = (int)message.State;
        map[AmqpNames.EnqueueSequenceNumber] = message.EnqueuedSequenceNumber;
        if (lockedUntil is { } end)
        {
            map[AmqpNames.LockedUntil] = end.UtcDateTime;
        }

        if (message.ScheduledTime is { } due)
        {
            map[AmqpNames.ScheduledEnqueueTime] = due.UtcDateTime;
        }

        if (deadLetterSource is not null)
        {
            map[AmqpNames.DeadLetterSource] = deadLetterSource;
        }

        return annotations;
    }

    /// <summary>Writes the sections that differ from the stored ones; returns the offset from which the stored bytes hold.</summary>
    private static int Rewrite(StoredMessage message, bool expires, ByteBuffer buffer)
    {
        var properties = new Properties();
        var application = new ApplicationProperties();
        var untouched = 0;
        var reader = new SectionReader(message.Bare);
        while (reader.TryRead(out var section) && section.Code <= SectionCode.ApplicationProperties)
        {
            AmqpDescribed read = section.Code == SectionCode.Properties ? properties : application;
            if (read == properties || message.Changes is not null)
            {
                read.Decode(new ByteBuffer(message.Bare, section.Start, section.End - section.Start));
                untouched = section.End;
            }
        }

        if (expires)
        {
            properties.CreationTime = message.EnqueuedTime.UtcDateTime;
            properties.AbsoluteExpiryTime = message.ExpiresAt.UtcDateTime;
        }

        properties.Encode(buffer);
        if (message.Changes is { } changes)
        {
            foreach (var (key, value) in AmqpMaps.Decode(changes))
            {
                application.Map[AmqpMaps.Text(key)] = value;
            }

            application.Encode(buffer);
        }

        return untouched;
    }
}
