using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace CityBrain.Embedded.ServiceBus.Messages;

/// <summary>The annotations of a sender that the broker keeps, such as the partition key: an encoded AMQP map, or null when there are none.</summary>
internal static class MessageAnnotationBytes
{
    public static byte[]? Encode(Annotations? annotations)
    {
        AmqpMap? kept = null;
        foreach (var (key, value) in annotations ?? [])
        {
            if (key.Key is AmqpSymbol name && !AmqpNames.IsOfTheBroker(name.Value))
            {
                (kept ??= new AmqpMap())[key] = value;
            }
        }

        return kept is null ? null : AmqpMaps.Encode(kept);
    }
}
