using System.Text;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Reads the lines before the body of a part: headers, and before them, in a request, its first line.</summary>
internal ref struct MimeHead(ReadOnlySpan<byte> text)
{
    /// <summary>What has not been read; after the last header, the body.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = text;

    /// <summary>The boundary of a multipart content type, or null when it is none.</summary>
    public static string? Boundary(string? contentType)
    {
        const string Parameter = "boundary=";
        if (contentType?.TrimStart().StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase) != true)
        {
            return null;
        }

        var at = contentType.IndexOf(Parameter, StringComparison.OrdinalIgnoreCase);
        var value = at < 0 ? default : contentType.AsSpan(at + Parameter.Length);
        var end = value.IndexOf(';');
        value = (end < 0 ? value : value[..end]).Trim().Trim('"');
        return value.IsEmpty ? null : value.ToString();
    }

    /// <summary>The next line, blank ones before it skipped.</summary>
    public string FirstLine()
    {
        while (!Rest.IsEmpty)
        {
            var line = Line();
            if (!line.IsEmpty)
            {
                return Encoding.UTF8.GetString(line);
            }
        }

        return string.Empty;
    }

    /// <summary>The next header; false at the blank line that ends them. The name is in bytes, to be compared without case.</summary>
    public bool TryHeader(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var line = Line();
        var colon = line.IndexOf((byte)':');
        name = line[..Math.Max(colon, 0)];
        value = line[(colon + 1)..].Trim(" \t"u8);
        return !line.IsEmpty;
    }

    private ReadOnlySpan<byte> Line()
    {
        var end = Rest.IndexOf((byte)'\n');
        var line = end < 0 ? Rest : Rest[..end];
        Rest = end < 0 ? default : Rest[(end + 1)..];
        return line.TrimEnd((byte)'\r');
    }
}
