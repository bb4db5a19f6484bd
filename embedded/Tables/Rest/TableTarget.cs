namespace CityBrain.Embedded.Tables.Rest;

internal enum TargetKind
{
    /// <summary><c>/</c></summary>
    Service,

    /// <summary><c>/Tables</c></summary>
    Tables,

    /// <summary><c>/Tables('name')</c></summary>
    Table,

    /// <summary><c>/name</c> or <c>/name()</c></summary>
    Entities,

    /// <summary><c>/name(PartitionKey='…',RowKey='…')</c></summary>
    Entity,

    /// <summary><c>/$batch</c></summary>
    Batch,
}

/// <summary>What a path names. The path is read as it came over the wire, since a web server that decodes it first loses <c>%2F</c>.</summary>
/// <param name="Kind">Sort of resource.</param>
/// <param name="Table">Name of the table; empty where there is none.</param>
/// <param name="PartitionKey">Partition key of an entity.</param>
/// <param name="RowKey">Row key of an entity.</param>
internal readonly record struct TableTarget(TargetKind Kind, string Table = "", string PartitionKey = "", string RowKey = "")
{
    private const string SecondarySuffix = "-secondary";

    /// <summary>Reads a raw path, which may begin with the account's name, as with the emulators.</summary>
    public static TableResult<TableTarget> Parse(ReadOnlySpan<char> path, string account)
    {
        if (!PercentEncoding.TryDecode(WithoutAccount(path.TrimStart('/'), account), plusIsSpace: false, out var text))
        {
            return TableError.InvalidUri("The path has a broken percent-encoding.");
        }

        var open = text.IndexOf('(', StringComparison.Ordinal);
        var name = open < 0 ? text : text[..open];
        var keys = open < 0 ? default : text.AsSpan(open);
        if (name.Contains('/', StringComparison.Ordinal) || (open >= 0 && keys[^1] != ')'))
        {
            return Unknown(text);
        }

        keys = open < 0 ? keys : keys[1..^1].Trim();
        var isTables = name.Equals("Tables", StringComparison.OrdinalIgnoreCase);
        return (name, keys.IsEmpty) switch
        {
            ("", _) => open < 0 ? new TableTarget(TargetKind.Service) : Unknown(text),
            ("$batch", true) => new TableTarget(TargetKind.Batch),
            (['$', ..], _) => Unknown(text),
            (_, true) => isTables ? new TableTarget(TargetKind.Tables) : new TableTarget(TargetKind.Entities, name),
            _ => isTables ? OneTable(keys) : Entity(name, keys),
        };
    }

    private static ReadOnlySpan<char> WithoutAccount(ReadOnlySpan<char> path, string account)
    {
        if (!path.StartsWith(account, StringComparison.Ordinal))
        {
            return path;
        }

        var rest = path[account.Length..];
        rest = rest.StartsWith(SecondarySuffix, StringComparison.Ordinal) ? rest[SecondarySuffix.Length..] : rest;
        return rest.IsEmpty ? rest : rest[0] == '/' ? rest[1..] : path;
    }

    private static TableResult<TableTarget> OneTable(ReadOnlySpan<char> keys) =>
        TryQuoted(ref keys, out var name) && keys.IsEmpty ? new TableTarget(TargetKind.Table, name) : TableError.InvalidUri("A table is named as Tables('name').");

    private static TableResult<TableTarget> Entity(string table, ReadOnlySpan<char> keys)
    {
        string? partition = null, row = null;
        while (!keys.IsEmpty)
        {
            var equals = keys.IndexOf('=');
            var name = equals < 0 ? default : keys[..equals].Trim();
            keys = equals < 0 ? default : keys[(equals + 1)..];
            if (!TryQuoted(ref keys, out var value))
            {
                break;
            }

            (partition, row) = name switch
            {
                "PartitionKey" when partition is null => (value, row),
                "RowKey" when row is null => (partition, value),
                _ => (null, null),
            };
            if (keys.IsEmpty && partition is not null && row is not null)
            {
                return new TableTarget(TargetKind.Entity, table, partition, row);
            }

            keys = keys.StartsWith(",") ? keys[1..] : default;
        }

        return TableError.InvalidUri("An entity is named as table(PartitionKey='p',RowKey='r'), with every quote inside a key doubled.");
    }

    /// <summary>Takes a quoted text from the front; a doubled quote inside it is one quote.</summary>
    private static bool TryQuoted(ref ReadOnlySpan<char> rest, out string value)
    {
        value = string.Empty;
        rest = rest.TrimStart();
        for (var at = 1; !rest.IsEmpty && rest[0] == '\'' && at < rest.Length; at++)
        {
            if (rest[at] != '\'')
            {
                continue;
            }

            if (at + 1 < rest.Length && rest[at + 1] == '\'')
            {
                at++;
                continue;
            }

            value = rest[1..at].ToString().Replace("''", "'", StringComparison.Ordinal);
            rest = rest[(at + 1)..].TrimStart();
            return true;
        }

        return false;
    }

    private static TableError Unknown(string path) => TableError.InvalidUri($"'/{(path.Length > 100 ? path[..100] : path)}' is no resource of a table service.");
}
