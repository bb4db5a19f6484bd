namespace CityBrain.Embedded.Tables.Entities;

/// <summary>A property of an entity; the key, the timestamp and the version are not among them.</summary>
internal readonly record struct EdmProperty(string Name, EdmValue Value);
