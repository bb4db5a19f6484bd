namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Turns a request that writes an entity into a write; the same for a request of its own and for one inside a transaction.</summary>
internal static class WriteRequest
{
    /// <param name="method">POST, PUT, PATCH, MERGE or DELETE.</param>
    /// <param name="target">The table for a POST, the entity for the others.</param>
    /// <param name="ifMatch">The condition; null makes a PUT or PATCH an upsert.</param>
    /// <param name="body">The entity as JSON; not read for a DELETE.</param>
    public static TableResult<TableWrite> Read(string method, TableTarget target, string? ifMatch, ReadOnlySpan<byte> body)
    {
        if (KindOf(method, target.Kind) is not { } kind)
        {
            return TableError.VerbNotSupported(method);
        }

        if (kind == WriteKind.Delete)
        {
            return ifMatch is null ? TableError.MissingIfMatch : new TableWrite(kind, target.PartitionKey, target.RowKey, ifMatch, []);
        }

        if (!EntityJsonReader.Read(body).TryGet(out var entity, out var error))
        {
            return error;
        }

        if (kind == WriteKind.Insert)
        {
            return entity.PartitionKey is { } partition && entity.RowKey is { } row ? new TableWrite(kind, partition, row, null, entity.Properties) : TableError.PropertiesNeedValue;
        }

        return Differs(entity.PartitionKey, target.PartitionKey) || Differs(entity.RowKey, target.RowKey)
            ? TableError.InvalidInput("The keys in the body are not those in the path.")
            : new TableWrite(kind, target.PartitionKey, target.RowKey, ifMatch, entity.Properties);
    }

    private static WriteKind? KindOf(string method, TargetKind target) => (method, target) switch
    {
        ("POST", TargetKind.Entities) => WriteKind.Insert,
        ("PUT", TargetKind.Entity) => WriteKind.Replace,
        ("PATCH" or "MERGE", TargetKind.Entity) => WriteKind.Merge,
        ("DELETE", TargetKind.Entity) => WriteKind.Delete,
        _ => null,
    };

    private static bool Differs(string? given, string named) => given is not null && given != named;
}
