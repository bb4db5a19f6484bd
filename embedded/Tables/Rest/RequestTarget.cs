namespace CityBrain.Embedded.Tables.Rest;

/// <summary>A request target as it came over the wire, cut into path and query; an absolute one loses its scheme and authority.</summary>
internal readonly ref struct RequestTarget
{
    private RequestTarget(ReadOnlySpan<char> path, ReadOnlySpan<char> query)
    {
        Path = path;
        Query = query;
    }

    /// <summary>Begins with a slash.</summary>
    public ReadOnlySpan<char> Path { get; }

    /// <summary>Without the question mark.</summary>
    public ReadOnlySpan<char> Query { get; }

    public static RequestTarget Of(ReadOnlySpan<char> raw)
    {
        var question = raw.IndexOf('?');
        var path = question < 0 ? raw : raw[..question];
        var query = question < 0 ? default : raw[(question + 1)..];
        var scheme = path.IndexOf("://");
        if (scheme > 0 && path[0] != '/' && !path[..scheme].Contains('('))
        {
            var authority = path[(scheme + 3)..];
            var slash = authority.IndexOf('/');
            path = slash < 0 ? "/" : authority[slash..];
        }

        return new(path.IsEmpty ? "/" : path, query);
    }
}
