namespace CityBrain.Embedded.Tables.Rest;

/// <summary>The query of a request target. Options of other APIs and <c>timeout</c> are passed over; OData options that the service lacks are refused.</summary>
internal sealed class QueryOptions
{
    /// <summary>No options.</summary>
    public static readonly QueryOptions None = new();

    private QueryOptions()
    {
    }

    public string? Filter { get; private set; }

    public string? Top { get; private set; }

    /// <summary>Names of the wanted properties; null for all.</summary>
    public HashSet<string>? Select { get; private set; }

    public string? Format { get; private set; }

    public string? NextPartitionKey { get; private set; }

    public string? NextRowKey { get; private set; }

    public string? NextTableName { get; private set; }

    public string? ResourceType { get; private set; }

    public string? Component { get; private set; }

    /// <summary>True when the caller shows a shared access signature.</summary>
    public bool IsSigned { get; private set; }

    /// <param name="query">The raw query without its question mark.</param>
    public static TableResult<QueryOptions> Parse(ReadOnlySpan<char> query)
    {
        if (query.IsEmpty)
        {
            return None;
        }

        var options = new QueryOptions();
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            var equals = pair.IndexOf('=');
            if (!PercentEncoding.TryDecode(equals < 0 ? pair : pair[..equals], plusIsSpace: true, out var name)
                || !PercentEncoding.TryDecode(equals < 0 ? default : pair[(equals + 1)..], plusIsSpace: true, out var value))
            {
                return TableError.InvalidUri("The query has a broken percent-encoding.");
            }

            if (!options.Set(name, value))
            {
                return TableError.NotImplemented($"The query option '{name}' is not supported; a table service has $filter, $top, $select and $format.");
            }
        }

        return options;
    }

    private bool Set(string name, string value)
    {
        switch (name)
        {
            case "$filter":
                Filter = value;
                break;
            case "$top":
                Top = value;
                break;
            case "$select":
                Select = Names(value);
                break;
            case "$format":
                Format = value;
                break;
            case "NextPartitionKey":
                NextPartitionKey = value;
                break;
            case "NextRowKey":
                NextRowKey = value;
                break;
            case "NextTableName":
                NextTableName = value;
                break;
            case "restype":
                ResourceType = value;
                break;
            case "comp":
                Component = value;
                break;
            case "sig":
                IsSigned = true;
                break;
            default:
                return !name.StartsWith('$');
        }

        return true;
    }

    private static HashSet<string>? Names(string list)
    {
        var names = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet(StringComparer.Ordinal);
        return names.Count == 0 || names.Contains("*") ? null : names;
    }
}
