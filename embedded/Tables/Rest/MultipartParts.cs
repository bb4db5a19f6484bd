namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Cuts a multipart body (RFC 2046, section 5.1) into its parts. Lines may end in CR LF or LF.</summary>
internal ref struct MultipartParts(ReadOnlySpan<byte> body, ReadOnlySpan<byte> boundary)
{
    private readonly ReadOnlySpan<byte> _boundary = boundary;
    private ReadOnlySpan<byte> _rest = body;
    private bool _started;

    /// <summary>True once the closing boundary has been met; a body without it was cut off.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The next part without the line end before its boundary; false after the last.</summary>
    public bool TryNext(out ReadOnlySpan<byte> part)
    {
        part = default;
        if (!_started && !TryTakeUntilBoundary(out _))
        {
            return false;
        }

        _started = true;
        return !IsComplete && TryTakeUntilBoundary(out part);
    }

    /// <summary>Takes everything before the next line that is a boundary, and that line.</summary>
    private bool TryTakeUntilBoundary(out ReadOnlySpan<byte> before)
    {
        for (var from = 0; from < _rest.Length;)
        {
            var at = _rest[from..].IndexOf(_boundary);
            if (at < 0)
            {
                break;
            }

            at += from;
            from = at + _boundary.Length;
            if (at < 2 || !_rest[(at - 2)..at].SequenceEqual("--"u8) || (at > 2 && _rest[at - 3] != '\n') || !TryTakeLineEnd(_rest[from..], out var length))
            {
                continue;
            }

            before = WithoutLineEnd(_rest[..(at - 2)]);
            _rest = _rest[(from + length)..];
            return true;
        }

        before = default;
        return false;
    }

    /// <summary>What follows a boundary: its line end, or two hyphens when it is the closing one.</summary>
    private bool TryTakeLineEnd(ReadOnlySpan<byte> rest, out int length)
    {
        if (rest.StartsWith("--"u8))
        {
            IsComplete = true;
            length = 2;
            return true;
        }

        var end = rest.IndexOf((byte)'\n');
        length = end + 1;
        return end >= 0 && rest[..end].Trim(" \t\r"u8).IsEmpty;
    }

    private static ReadOnlySpan<byte> WithoutLineEnd(ReadOnlySpan<byte> part) =>
        part.EndsWith("\r\n"u8) ? part[..^2] : part.EndsWith("\n"u8) ? part[..^1] : part;
}
