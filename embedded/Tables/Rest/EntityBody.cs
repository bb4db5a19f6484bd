using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>An entity as a request carries it; the keys may be missing, since the path has them.</summary>
internal readonly record struct EntityBody(string? PartitionKey, string? RowKey, List<EdmProperty> Properties);
