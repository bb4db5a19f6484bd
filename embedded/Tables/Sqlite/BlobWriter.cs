using System.Buffers.Binary;
using System.Text;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>Writes the stored form of <see cref="EntityBlob"/> into a target of the right size.</summary>
internal ref struct BlobWriter(Span<byte> target)
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
