namespace CityBrain.Embedded.Tables.Entities;

/// <summary>An entity as it is stored.</summary>
/// <param name="PartitionKey">Partition of the entity.</param>
/// <param name="RowKey">Key in the partition.</param>
/// <param name="Stamp">UTC ticks of the last write: timestamp and version in one.</param>
/// <param name="Properties">Its own properties, in the order in which they were first written.</param>
internal sealed record EntityRecord(string PartitionKey, string RowKey, long Stamp, List<EdmProperty> Properties);
