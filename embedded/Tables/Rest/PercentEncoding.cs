using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Reads percent-encoded text of a request target (RFC 3986, section 2.1) strictly: half an escape or broken UTF-8 is refused.</summary>
internal static class PercentEncoding
{
    /// <param name="raw">The text as it came over the wire.</param>
    /// <param name="plusIsSpace">True in a query, where forms write a space as a plus.</param>
    /// <param name="text">The text that was meant.</param>
    public static bool TryDecode(ReadOnlySpan<char> raw, bool plusIsSpace, [NotNullWhen(true)] out string? text)
    {
        if (!raw.Contains('%') && !(plusIsSpace && raw.Contains('+')))
        {
            text = raw.ToString();
            return true;
        }

        text = null;
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(raw.Length));
        var characters = ArrayPool<char>.Shared.Rent(raw.Length);
        var length = Unescape(raw, plusIsSpace, bytes);
        if (length >= 0 && Utf8.ToUtf16(bytes.AsSpan(0, length), characters, out _, out var count, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            text = new string(characters, 0, count);
        }

        ArrayPool<byte>.Shared.Return(bytes);
        ArrayPool<char>.Shared.Return(characters);
        return text is not null;
    }

    /// <summary>Number of bytes written, or -1 when an escape is broken.</summary>
    private static int Unescape(ReadOnlySpan<char> raw, bool plusIsSpace, Span<byte> bytes)
    {
        var length = 0;
        while (!raw.IsEmpty)
        {
            var plain = plusIsSpace ? raw.IndexOfAny('%', '+') : raw.IndexOf('%');
            plain = plain < 0 ? raw.Length : plain;
            length += Encoding.UTF8.GetBytes(raw[..plain], bytes[length..]);
            raw = raw[plain..];
            if (raw.IsEmpty)
            {
                break;
            }

            if (raw[0] == '+')
            {
                bytes[length++] = (byte)' ';
                raw = raw[1..];
                continue;
            }

            if (raw.Length < 3 || !char.IsAsciiHexDigit(raw[1]) || !char.IsAsciiHexDigit(raw[2]))
            {
                return -1;
            }

            bytes[length++] = (byte)((HexDigit(raw[1]) << 4) | HexDigit(raw[2]));
            raw = raw[3..];
        }

        return length;
    }

    private static int HexDigit(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
