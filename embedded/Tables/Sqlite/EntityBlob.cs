using System.Buffers.Binary;
using System.Text;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>
/// Properties as bytes, one after another: length and UTF-8 of the name, type, value. Lengths are 7-bit variable integers; numbers are
/// little-endian; an instant is its UTC ticks; strings and binaries carry their length.
/// </summary>
internal static class EntityBlob
{
    public static byte[] Encode(List<EdmProperty> properties)
    {
        var size = 0;
        foreach (var property in properties)
        {
            size += TextSize(property.Name) + 1 + ValueSize(property.Value);
        }

        var blob = new byte[size];
        var writer = new BlobWriter(blob);
        foreach (var property in properties)
        {
            writer.Text(property.Name);
            writer.Byte((byte)property.Value.Type);
            writer.Value(property.Value);
        }

        return blob;
    }

    public static List<EdmProperty> Decode(ReadOnlySpan<byte> blob)
    {
        var properties = new List<EdmProperty>();
        var reader = new BlobReader(blob);
        while (!reader.AtEnd)
        {
            var name = reader.Text();
            properties.Add(new(name, reader.Value((EdmType)reader.Byte())));
        }

        return properties;
    }

    /// <summary>The stored properties with the given ones over them.</summary>
    public static List<EdmProperty> Merge(List<EdmProperty> stored, List<EdmProperty> given)
    {
        foreach (var property in given)
        {
            var at = stored.FindIndex(candidate => candidate.Name == property.Name);
            if (at < 0)
            {
                stored.Add(property);
            }
            else
            {
                stored[at] = property;
            }
        }

        return stored;
    }

    private static int ValueSize(EdmValue value) => value.Type switch
    {
        EdmType.String => TextSize(value.AsString()),
        EdmType.Binary => LengthSize(value.AsBinary().Length) + value.AsBinary().Length,
        EdmType.Boolean => 1,
        EdmType.Int32 => 4,
        EdmType.Guid => 16,
        _ => 8,
    };

    private static int TextSize(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        return LengthSize(bytes) + bytes;
    }

    private static int LengthSize(int length)
    {
        var size = 1;
        for (var rest = (uint)length >> 7; rest > 0; rest >>= 7)
        {
            size++;
        }

        return size;
    }

    private ref struct BlobWriter(Span<byte> target)
    {
        private Span<byte> _rest = target;

        public void Byte(byte value)
        {
            _rest[0] = value;
            _rest = _rest[1..];
        }

        public void Text(string text)
        {
            Length(Encoding.UTF8.GetByteCount(text));
            _rest = _rest[Encoding.UTF8.GetBytes(text, _rest)..];
        }

        public void Value(EdmValue value)
        {
            switch (value.Type)
            {
                case EdmType.String:
                    Text(value.AsString());
                    break;
                case EdmType.Binary:
                    Length(value.AsBinary().Length);
                    value.AsBinary().CopyTo(_rest);
                    _rest = _rest[value.AsBinary().Length..];
                    break;
                case EdmType.Boolean:
                    Byte(value.AsBoolean() ? (byte)1 : (byte)0);
                    break;
                case EdmType.Int32:
                    BinaryPrimitives.WriteInt32LittleEndian(_rest, value.AsInt32());
                    _rest = _rest[4..];
                    break;
                case EdmType.Guid:
                    value.AsGuid().TryWriteBytes(_rest);
                    _rest = _rest[16..];
                    break;
                case EdmType.Double:
                    Int64(BitConverter.DoubleToInt64Bits(value.AsDouble()));
                    break;
                case EdmType.DateTime:
                    Int64(value.AsDateTimeOffset().UtcTicks);
                    break;
                default:
                    Int64(value.AsInt64());
                    break;
            }
        }

        private void Int64(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_rest, value);
            _rest = _rest[8..];
        }

        private void Length(int length)
        {
            var rest = (uint)length;
            for (; rest > 0x7F; rest >>= 7)
            {
                Byte((byte)(rest | 0x80));
            }

            Byte((byte)rest);
        }
    }

    private ref struct BlobReader(ReadOnlySpan<byte> source)
    {
        private ReadOnlySpan<byte> _rest = source;

        public readonly bool AtEnd => _rest.IsEmpty;

        public byte Byte() => Take(1)[0];

        public string Text() => Encoding.UTF8.GetString(Take(Length()));

        public EdmValue Value(EdmType type) => type switch
        {
            EdmType.String => EdmValue.Of(Text()),
            EdmType.Binary => EdmValue.Of(Take(Length()).ToArray()),
            EdmType.Boolean => EdmValue.Of(Byte() != 0),
            EdmType.Int32 => EdmValue.Of(BinaryPrimitives.ReadInt32LittleEndian(Take(4))),
            EdmType.Int64 => EdmValue.Of(Int64()),
            EdmType.Double => EdmValue.Of(BitConverter.Int64BitsToDouble(Int64())),
            EdmType.DateTime => EdmValue.Of(new DateTimeOffset(Int64(), TimeSpan.Zero)),
            EdmType.Guid => EdmValue.Of(new Guid(Take(16))),
            _ => throw new InvalidDataException($"The stored entity has a property of the unknown type {type}."),
        };

        private long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

        private int Length()
        {
            uint length = 0;
            for (var shift = 0; ; shift += 7)
            {
                var part = Byte();
                length |= (uint)(part & 0x7F) << shift;
                if (part < 0x80)
                {
                    return (int)length;
                }
            }
        }

        private ReadOnlySpan<byte> Take(int count)
        {
            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }
    }
}
