using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Application properties as an AMQP map.</summary>
internal static class AmqpProperties
{
    /// <summary>The bytes of the map. <c>Uri</c>, <c>DateTimeOffset</c> and <c>TimeSpan</c> become the described types of Service Bus.</summary>
    /// <exception cref="NotSupportedException">A value has no AMQP form.</exception>
    public static ReadOnlySpan<byte> Encode(IDictionary<string, object> properties)
    {
        var map = new AmqpMap();
        foreach (var (name, value) in properties)
        {
            map[new MapKey(name)] = value switch
            {
                Uri uri => new DescribedType((AmqpSymbol)"com.microsoft:uri", uri.AbsoluteUri),
                DateTimeOffset time => new DescribedType((AmqpSymbol)"com.microsoft:datetime-offset", time.UtcTicks),
                TimeSpan span => new DescribedType((AmqpSymbol)"com.microsoft:timespan", span.Ticks),
                _ => value,
            };
        }

        using var buffer = new ByteBuffer(256, autoGrow: true);
        AmqpCodec.EncodeMap(map, buffer);
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }
}
