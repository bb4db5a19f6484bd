using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;

namespace CityBrain.Embedded.ServiceBus.Messages;

/// <summary>Encoded AMQP maps, and look-ups by the text of a key whatever its AMQP type (clients differ between string and symbol).</summary>
internal static class AmqpMaps
{
    /// <summary>A map with string keys.</summary>
    public static AmqpMap Of(params ReadOnlySpan<(string Name, object? Value)> entries)
    {
        var map = new AmqpMap();
        foreach (var (name, value) in entries)
        {
            map[new MapKey(name)] = value!;
        }

        return map;
    }

    public static byte[] Encode(AmqpMap map)
    {
        var buffer = new ByteBuffer(new byte[AmqpCodec.GetMapEncodeSize(map)]);
        AmqpCodec.EncodeMap(map, buffer);
        return buffer.Buffer;
    }

    public static AmqpMap Decode(byte[] map) => AmqpCodec.DecodeMap(new ByteBuffer(map, 0, map.Length));

    /// <summary>An encoded map with entries added or replaced; keys become strings, as application properties need them.</summary>
    public static byte[]? Merge(byte[]? map, AmqpMap? changes)
    {
        if (changes is null || changes.Count == 0)
        {
            return map;
        }

        var merged = map is null ? new AmqpMap() : Decode(map);
        CopyTo(changes, merged);
        return Encode(merged);
    }

    public static void CopyTo(AmqpMap from, AmqpMap to)
    {
        foreach (var (key, value) in from)
        {
            to[new MapKey(Text(key))] = value;
        }
    }

    public static string Text(MapKey key) => key.Key is AmqpSymbol symbol ? symbol.Value : key.Key?.ToString() ?? "";

    /// <summary>The value under the key of this text; null when there is none.</summary>
    public static object? Find(AmqpMap? map, string name)
    {
        if (map is null)
        {
            return null;
        }

        if (map[new MapKey(name)] is { } byString)
        {
            return byString;
        }

        return map[new MapKey(new AmqpSymbol(name))];
    }

    /// <summary>A text value, sent as a string or as a symbol.</summary>
    public static string? FindText(AmqpMap? map, string name) => Find(map, name) switch
    {
        string text => text,
        AmqpSymbol symbol => symbol.Value,
        _ => null,
    };
}
