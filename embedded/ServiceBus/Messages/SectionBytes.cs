using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace CityBrain.Embedded.ServiceBus.Messages;

/// <summary>Encodes one section of a message.</summary>
internal static class SectionBytes
{
    public static byte[] Encode(AmqpDescribed section)
    {
        var buffer = new ByteBuffer(new byte[section.EncodeSize]);
        section.Encode(buffer);
        return buffer.Buffer;
    }
}
