using CityBrain.Embedded.ServiceBus.Broker;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace CityBrain.Embedded.ServiceBus.Messages;

/// <summary>
/// Reads what a sender sent. The bare message is kept byte for byte; only a message without an id gets its properties section
/// rewritten, since the JavaScript client fails on such a message (LockRenewer of @azure/service-bus).
/// </summary>
internal static class MessageParser
{
    /// <summary>Message format of a batch: one data section for each message, which holds that message encoded.</summary>
    public const uint BatchFormat = 0x80013700;

    /// <summary>The messages of one transfer.</summary>
    /// <exception cref="BrokerException">The bytes are not a message, or an id is too long.</exception>
    public static List<IncomingMessage> Read(byte[] payload, uint format)
    {
        if (format != BatchFormat)
        {
            return [Parse(payload, 0, payload.Length)];
        }

        var messages = new List<IncomingMessage>();
        var reader = new SectionReader(payload);
        while (reader.TryRead(out var section))
        {
            if (section.Code == SectionCode.Data)
            {
                var (offset, length) = SectionReader.Binary(payload, section.Value).GetOffsetAndLength(payload.Length);
                messages.Add(Parse(payload, offset, length));
            }
        }

        return messages;
    }

    /// <summary>What the AMQP library throws on bytes that it cannot decode varies with the place.</summary>
    private static IncomingMessage Parse(byte[] bytes, int offset, int length)
    {
        try
        {
            return ReadOne(bytes, offset, length);
        }
        catch (Exception wrong) when (wrong is not BrokerException)
        {
            throw new BrokerException(BrokerFailure.InvalidArgument, $"The message cannot be read: {wrong.Message}", wrong);
        }
    }

    private static IncomingMessage ReadOne(byte[] bytes, int offset, int length)
    {
        var encoded = bytes.AsSpan(offset, length);
        Header? header = null;
        MessageAnnotations? annotations = null;
        Properties? properties = null;
        var (bare, afterProperties) = (length, length);
        var reader = new SectionReader(encoded);
        while (reader.TryRead(out var section))
        {
            switch (section.Code)
            {
                case SectionCode.Header:
                    header = Decode(new Header(), bytes, offset, section);
                    break;
                case SectionCode.MessageAnnotations:
                    annotations = Decode(new MessageAnnotations(), bytes, offset, section);
                    break;
                case SectionCode.Properties:
                    properties = Decode(new Properties(), bytes, offset, section);
                    (bare, afterProperties) = (section.Start, section.End);
                    break;
                case > SectionCode.Properties when bare == length:
                    (bare, afterProperties) = (section.Start, section.Start);
                    break;
            }
        }

        var id = properties?.MessageId?.ToString();
        var assigned = string.IsNullOrEmpty(id) ? Guid.NewGuid().ToString("N") : null;
        return new IncomingMessage
        {
            MessageId = Checked(assigned ?? id!, "MessageId"),
            SessionId = properties?.GroupId is { } session ? Checked(session, "SessionId") : null,
            TimeToLive = TimeToLive(header, properties),
            ScheduledTime = annotations?.Map[AmqpNames.ScheduledEnqueueTime] is DateTime due ? new DateTimeOffset(DateTime.SpecifyKind(due, DateTimeKind.Utc)) : null,
            Annotations = MessageAnnotationBytes.Encode(annotations?.Map),
            Bare = assigned is null ? encoded[bare..].ToArray() : WithId(properties, assigned, encoded[afterProperties..]),
        };
    }

    private static T Decode<T>(T section, byte[] bytes, int offset, Section at)
        where T : AmqpDescribed
    {
        section.Decode(new ByteBuffer(bytes, offset + at.Start, at.End - at.Start));
        return section;
    }

    private static string Checked(string id, string name) => id.Length <= IncomingMessage.LongestId
        ? id
        : throw new BrokerException(BrokerFailure.InvalidArgument, $"The {name} has {id.Length} characters; at most {IncomingMessage.LongestId} are allowed.");

    /// <summary>The span that the sender means; its instants are of the sender's own clock (AmqpAnnotatedMessageConverter of Azure.Core).</summary>
    private static TimeSpan TimeToLive(Header? header, Properties? properties) =>
        properties is { AbsoluteExpiryTime: { } expiry, CreationTime: { } creation } && expiry > creation ? expiry - creation
        : header?.Ttl is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds)
        : TimeSpan.MaxValue;

    private static byte[] WithId(Properties? properties, string id, ReadOnlySpan<byte> rest)
    {
        var written = properties ?? new Properties();
        written.MessageId = id;
        return [.. SectionBytes.Encode(written), .. rest];
    }
}
