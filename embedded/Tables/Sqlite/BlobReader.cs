using System.Buffers.Binary;
using System.Text;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>Reads the stored form of <see cref="EntityBlob"/>.</summary>
internal ref struct BlobReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> _rest = source;

    public readonly bool AtEnd => _rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public string Text() => Encoding.UTF8.GetString(Take(Length()));

    /// <summary>A text that is likely to be the given one, which is then returned itself.</summary>
    public string Text(string likely)
    {
        var bytes = Take(Length());
        return Ascii.Equals(bytes, likely) ? likely : Encoding.UTF8.GetString(bytes);
    }

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
