using System.Collections.Frozen;

namespace CityBrain.City;

/// <summary>All devices of the city. Immutable.</summary>
public sealed class DeviceRegistry(IReadOnlyList<Device> all)
{
    private readonly FrozenDictionary<string, Device> _byId = all.ToFrozenDictionary(d => d.Id, StringComparer.Ordinal);

    /// <summary>All, in the order of the file.</summary>
    public IReadOnlyList<Device> All { get; } = all;

    /// <summary>The device of an id, or null.</summary>
    public Device? Find(string id) => _byId.GetValueOrDefault(id);
}
