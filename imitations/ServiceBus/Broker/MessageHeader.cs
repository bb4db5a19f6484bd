using System.Runtime.Serialization;
using System.Text;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>The stored form of all of a message but its body: which fields are set, the fields, then the typed properties.</summary>
internal static class MessageHeader
{
    /// <exception cref="SerializationException">A property is of a type that a Service Bus message cannot carry.</exception>
    public static byte[] Encode(BrokeredContent content)
    {
        using var stream = new MemoryStream(128);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        ReadOnlySpan<string?> fields =
        [
            content.MessageId, content.SessionId, content.CorrelationId, content.Subject, content.ContentType, content.ReplyTo, content.ReplyToSessionId, content.To, content.PartitionKey,
        ];
        var present = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            present |= fields[i] is null ? 0 : 1 << i;
        }

        writer.Write((ushort)present);
        foreach (var field in fields)
        {
            if (field is not null)
            {
                writer.Write(field);
            }
        }

        writer.Write7BitEncodedInt(content.Properties.Count);
        foreach (var (key, value) in content.Properties)
        {
            writer.Write(key);
            WriteValue(writer, key, value);
        }

        return stream.ToArray();
    }

    public static BrokeredContent Decode(byte[] header, byte[] body)
    {
        using var reader = new BinaryReader(new MemoryStream(header, writable: false), Encoding.UTF8);
        var present = reader.ReadUInt16();
        var bit = 0;
        string? Next() => (present & (1 << bit++)) != 0 ? reader.ReadString() : null;
        return new BrokeredContent
        {
            MessageId = Next() ?? "",
            SessionId = Next(),
            CorrelationId = Next(),
            Subject = Next(),
            ContentType = Next(),
            ReplyTo = Next(),
            ReplyToSessionId = Next(),
            To = Next(),
            PartitionKey = Next(),
            Properties = ReadProperties(reader),
            Body = body,
        };
    }

    private static IReadOnlyDictionary<string, object> ReadProperties(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        if (count == 0)
        {
            return BrokeredContent.NoProperties;
        }

        var properties = new Dictionary<string, object>(count);
        for (var i = 0; i < count; i++)
        {
            properties[reader.ReadString()] = ReadValue(reader)!;
        }

        return properties;
    }

    private static void WriteValue(BinaryWriter writer, string key, object? value)
    {
        void Tag(TypeTag tag) => writer.Write((byte)tag);
        switch (value)
        {
            case null: Tag(TypeTag.Null); break;
            case string v: Tag(TypeTag.String); writer.Write(v); break;
            case bool v: Tag(TypeTag.Boolean); writer.Write(v); break;
            case byte v: Tag(TypeTag.Byte); writer.Write(v); break;
            case sbyte v: Tag(TypeTag.SByte); writer.Write(v); break;
            case char v: Tag(TypeTag.Char); writer.Write((ushort)v); break;
            case short v: Tag(TypeTag.Int16); writer.Write(v); break;
            case ushort v: Tag(TypeTag.UInt16); writer.Write(v); break;
            case int v: Tag(TypeTag.Int32); writer.Write(v); break;
            case uint v: Tag(TypeTag.UInt32); writer.Write(v); break;
            case long v: Tag(TypeTag.Int64); writer.Write(v); break;
            case ulong v: Tag(TypeTag.UInt64); writer.Write(v); break;
            case float v: Tag(TypeTag.Single); writer.Write(v); break;
            case double v: Tag(TypeTag.Double); writer.Write(v); break;
            case decimal v: Tag(TypeTag.Decimal); writer.Write(v); break;
            case Guid v: Tag(TypeTag.Guid); writer.Write(v.ToByteArray()); break;
            case DateTime v: Tag(TypeTag.DateTime); writer.Write(v.ToBinary()); break;
            case DateTimeOffset v: Tag(TypeTag.DateTimeOffset); writer.Write(v.UtcTicks); break;
            case TimeSpan v: Tag(TypeTag.TimeSpan); writer.Write(v.Ticks); break;
            case Uri v: Tag(TypeTag.Uri); writer.Write(v.OriginalString); break;
            default: throw new SerializationException($"The application property '{key}' is of the type {value.GetType().FullName}, which a message cannot carry.");
        }
    }

    private static object? ReadValue(BinaryReader reader) => (TypeTag)reader.ReadByte() switch
    {
        TypeTag.Null => null,
        TypeTag.String => reader.ReadString(),
        TypeTag.Boolean => reader.ReadBoolean(),
        TypeTag.Byte => reader.ReadByte(),
        TypeTag.SByte => reader.ReadSByte(),
        TypeTag.Char => (char)reader.ReadUInt16(),
        TypeTag.Int16 => reader.ReadInt16(),
        TypeTag.UInt16 => reader.ReadUInt16(),
        TypeTag.Int32 => reader.ReadInt32(),
        TypeTag.UInt32 => reader.ReadUInt32(),
        TypeTag.Int64 => reader.ReadInt64(),
        TypeTag.UInt64 => reader.ReadUInt64(),
        TypeTag.Single => reader.ReadSingle(),
        TypeTag.Double => reader.ReadDouble(),
        TypeTag.Decimal => reader.ReadDecimal(),
        TypeTag.Guid => new Guid(reader.ReadBytes(16)),
        TypeTag.DateTime => DateTime.FromBinary(reader.ReadInt64()),
        TypeTag.DateTimeOffset => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
        TypeTag.TimeSpan => new TimeSpan(reader.ReadInt64()),
        TypeTag.Uri => new Uri(reader.ReadString(), UriKind.RelativeOrAbsolute),
        var tag => throw new InvalidDataException($"Unknown property type {tag} in a stored message."),
    };

    /// <summary>Stored: a number never changes its meaning.</summary>
    private enum TypeTag : byte
    {
        Null = 0,
        String = 1,
        Boolean = 2,
        Byte = 3,
        SByte = 4,
        Char = 5,
        Int16 = 6,
        UInt16 = 7,
        Int32 = 8,
        UInt32 = 9,
        Int64 = 10,
        UInt64 = 11,
        Single = 12,
        Double = 13,
        Decimal = 14,
        Guid = 15,
        DateTime = 16,
        DateTimeOffset = 17,
        TimeSpan = 18,
        Uri = 19,
    }
}
