namespace CityBrain.Embedded.Tables.Entities;

/// <summary>An entity as a service returns it. Key and timestamp are null when a projection left them out.</summary>
internal sealed record EntityRecord(string? PartitionKey, string? RowKey, DateTimeOffset? Timestamp, string ETag, List<EdmProperty> Properties)
{
    /// <summary>The entity with only the named properties; all when <paramref name="names"/> is null or empty.</summary>
    public EntityRecord Select(IReadOnlyCollection<string>? names) => names is null or { Count: 0 } ? this : new(
        names.Contains(nameof(PartitionKey)) ? PartitionKey : null,
        names.Contains(nameof(RowKey)) ? RowKey : null,
        names.Contains(nameof(Timestamp)) ? Timestamp : null,
        ETag,
        Properties.FindAll(property => names.Contains(property.Name)));
}
