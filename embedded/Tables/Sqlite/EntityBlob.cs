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

    /// <param name="blob">The stored bytes.</param>
    /// <param name="like">Properties of another entity that may have the same names in the same order, as neighbours have; those are not made anew.</param>
    public static List<EdmProperty> Decode(ReadOnlySpan<byte> blob, List<EdmProperty>? like = null)
    {
        var properties = new List<EdmProperty>(like?.Count ?? 8);
        var reader = new BlobReader(blob);
        while (!reader.AtEnd)
        {
            var name = reader.Text(properties.Count < like?.Count ? like[properties.Count].Name : string.Empty);
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
}
