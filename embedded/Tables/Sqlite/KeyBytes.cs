using System.Text;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>
/// Keys as bytes whose order is the ordinal order of the strings: UTF-8, with each half of a surrogate pair as three bytes of its own
/// (CESU-8). Plain UTF-8 would put pairs after U+FFFF, which ordinal comparison does not.
/// </summary>
internal static class KeyBytes
{
    private const byte SurrogateLead = 0xED;

    public static byte[] Encode(string key)
    {
        if (!key.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return Encoding.UTF8.GetBytes(key);
        }

        var bytes = new List<byte>(key.Length * 3);
        Span<byte> buffer = stackalloc byte[3];
        foreach (var unit in key)
        {
            if (char.IsSurrogate(unit))
            {
                bytes.AddRange([SurrogateLead, (byte)(0x80 | ((unit >> 6) & 0x3F)), (byte)(0x80 | (unit & 0x3F))]);
            }
            else
            {
                bytes.AddRange(buffer[..Encoding.UTF8.GetBytes([unit], buffer)]);
            }
        }

        return [.. bytes];
    }

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (!HasSurrogate(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (IsSurrogate(bytes))
            {
                text.Append((char)(0xD000 | ((bytes[1] & 0x3F) << 6) | (bytes[2] & 0x3F)));
                bytes = bytes[3..];
            }
            else
            {
                _ = Rune.DecodeFromUtf8(bytes, out var rune, out var length);
                text.Append(rune.ToString());
                bytes = bytes[length..];
            }
        }

        return text.ToString();
    }

    private static bool HasSurrogate(ReadOnlySpan<byte> bytes)
    {
        for (var at = bytes.IndexOf(SurrogateLead); at >= 0;)
        {
            if (IsSurrogate(bytes[at..]))
            {
                return true;
            }

            var next = bytes[(at + 1)..].IndexOf(SurrogateLead);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static bool IsSurrogate(ReadOnlySpan<byte> bytes) => bytes.Length >= 3 && bytes[0] == SurrogateLead && bytes[1] >= 0xA0;
}
