using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>Key of the row at which a page begins. As text it is a pair of continuation tokens that are never empty, since an empty header is lost on the way.</summary>
internal sealed record RowPosition(byte[] PartitionKey, byte[] RowKey)
{
    private const char Prefix = '1';

    public string PartitionToken => Token(PartitionKey);

    public string RowToken => Token(RowKey);

    /// <summary>False when the tokens are none of this service; a missing row token means the beginning of the partition.</summary>
    public static bool TryParse(string partitionToken, string? rowToken, [NotNullWhen(true)] out RowPosition? position)
    {
        position = Bytes(partitionToken) is { } partition && (rowToken is null ? [] : Bytes(rowToken)) is { } row ? new(partition, row) : null;
        return position is not null;
    }

    private static string Token(byte[] key) => Prefix + Base64Url.EncodeToString(key);

    private static byte[]? Bytes(string token) =>
        token.StartsWith(Prefix) && Base64Url.IsValid(token.AsSpan(1)) ? Base64Url.DecodeFromChars(token.AsSpan(1)) : null;
}
