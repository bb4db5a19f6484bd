using System.Buffers.Binary;
using CityBrain.Embedded.ServiceBus.Broker;

namespace CityBrain.Embedded.ServiceBus.Messages;

/// <summary>Descriptors of the sections of a message (AMQP 1.0 part 3, section 3.2).</summary>
internal static class SectionCode
{
    public const ulong Header = 0x70;
    public const ulong DeliveryAnnotations = 0x71;
    public const ulong MessageAnnotations = 0x72;
    public const ulong Properties = 0x73;
    public const ulong ApplicationProperties = 0x74;
    public const ulong Data = 0x75;
    public const ulong AmqpValue = 0x77;
    public const ulong Footer = 0x78;
}

/// <summary>One section: its descriptor and the offsets of its start, of its value and of its end.</summary>
internal readonly record struct Section(ulong Code, int Start, int Value, int End);

/// <summary>Finds the sections of an encoded message without decoding what is in them.</summary>
internal ref struct SectionReader(ReadOnlySpan<byte> message)
{
    private readonly ReadOnlySpan<byte> _message = message;
    private int _at;

    /// <summary>False at the end of the message.</summary>
    /// <exception cref="BrokerException">The bytes are not an AMQP message.</exception>
    public bool TryRead(out Section section)
    {
        section = default;
        if (_at == _message.Length)
        {
            return false;
        }

        var start = _at;
        if (_message[_at] != 0)
        {
            throw Malformed();
        }

        var (code, value) = Descriptor(start + 1);
        _at = Skip(_message, value);
        if (code is < SectionCode.Data or SectionCode.AmqpValue)
        {
            NestingGuard.Check(_message, value);
        }

        section = new Section(code, start, value, _at);
        return true;
    }

    /// <summary>The bytes inside the binary value at <paramref name="offset"/>, as a range.</summary>
    public static Range Binary(ReadOnlySpan<byte> message, int offset) => message[offset] switch
    {
        0xa0 => (offset + 2)..Skip(message, offset),
        0xb0 => (offset + 5)..Skip(message, offset),
        _ => throw Malformed(),
    };

    private readonly (ulong Code, int Value) Descriptor(int at) => (_message.Length - at) switch
    {
        > 1 when _message[at] == 0x53 => (_message[at + 1], at + 2),
        > 8 when _message[at] == 0x80 => (BinaryPrimitives.ReadUInt64BigEndian(_message[(at + 1)..]), at + 9),
        _ => throw Malformed(),
    };

    /// <summary>Offset after the value at <paramref name="at"/> (AMQP 1.0 part 1, section 1.2: the upper half of the code tells the width).</summary>
    /// <exception cref="BrokerException">It goes beyond the end, or is none.</exception>
    public static int Skip(ReadOnlySpan<byte> message, int at)
    {
        while (at < message.Length && message[at] == 0)
        {
            // A descriptor is a symbol or a number, never described itself, so nothing here is recursive.
            at = SkipPlain(message, at + 1);
        }

        return SkipPlain(message, at);
    }

    private static int SkipPlain(ReadOnlySpan<byte> message, int at)
    {
        if (at >= message.Length)
        {
            throw Malformed();
        }

        var rest = message[(at + 1)..];
        long size = (message[at] >> 4) switch
        {
            0x4 => 0,
            0x5 => 1,
            0x6 => 2,
            0x7 => 4,
            0x8 => 8,
            0x9 => 16,
            0xa or 0xc or 0xe when rest.Length >= 1 => 1L + rest[0],
            0xb or 0xd or 0xf when rest.Length >= 4 => 4L + BinaryPrimitives.ReadUInt32BigEndian(rest),
            _ => throw Malformed(),
        };
        return size >= Least(message[at]) && size <= rest.Length ? at + 1 + (int)size : throw Malformed();
    }

    /// <summary>Fewest bytes after the code: a compound value has a count after its size, an array also the code of its elements.</summary>
    private static int Least(byte code) => code switch
    {
        0xc0 or 0xc1 => 2,
        0xd0 or 0xd1 => 8,
        0xe0 => 3,
        0xf0 => 9,
        _ => 0,
    };

    private static BrokerException Malformed() => new(BrokerFailure.InvalidArgument, "The message is not a well-formed AMQP 1.0 message.");
}
