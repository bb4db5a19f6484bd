using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables;

/// <summary>What a write does. A merge or a replacement without a condition is an upsert, as in the service, where the If-Match header alone tells them apart.</summary>
internal enum WriteKind
{
    Insert,
    Merge,
    Replace,
    Delete,
}

/// <summary>One write of one entity.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="PartitionKey">Partition of the entity.</param>
/// <param name="RowKey">Key in the partition.</param>
/// <param name="IfMatch">Stored version that is required; null for none; <c>*</c> for any that exists.</param>
/// <param name="Properties">The properties to store; empty for a delete.</param>
internal sealed record TableWrite(WriteKind Kind, string PartitionKey, string RowKey, string? IfMatch, List<EdmProperty> Properties);
