using System.Collections.Frozen;

namespace CityBrain.City;

/// <summary>All devices of the city. Immutable.</summary>
/// <param name="all">The devices.</param>
/// <param name="kinds">What anomalies of each kind of device may be about; null when nothing is known.</param>
public sealed class DeviceRegistry(IReadOnlyList<Device> all, IReadOnlyDictionary<string, IReadOnlyList<string>>? kinds = null)
{
    private readonly FrozenDictionary<string, Device> _byId = all.ToFrozenDictionary(d => d.Id, StringComparer.Ordinal);

    /// <summary>All, in the order of the file.</summary>
    public IReadOnlyList<Device> All { get; } = all;

    /// <summary>The catalogue items that an anomaly of a kind of device may be about, the likeliest first; empty when nothing is known.</summary>
    public IReadOnlyList<string> CategoriesOf(string kind) => kinds?.GetValueOrDefault(kind) ?? [];

    /// <summary>The device of an id, or null.</summary>
    public Device? Find(string id) => _byId.GetValueOrDefault(id);
}
