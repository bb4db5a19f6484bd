using System.Buffers.Text;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>Key of the row at which a page begins; as text it is the continuation token.</summary>
internal readonly record struct RowPosition(byte[] PartitionKey, byte[] RowKey)
{
    public static RowPosition? Parse(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        return token.Split('.') is [var partition, var row] && Base64Url.IsValid(partition) && Base64Url.IsValid(row)
            ? new(Base64Url.DecodeFromChars(partition), Base64Url.DecodeFromChars(row))
            : throw new FormatException("The continuation token is not one of this service.");
    }

    public string ToToken() => $"{Base64Url.EncodeToString(PartitionKey)}.{Base64Url.EncodeToString(RowKey)}";
}
