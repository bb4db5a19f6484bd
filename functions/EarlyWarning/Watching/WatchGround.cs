using CityBrain.Cases;
using CityBrain.City;
using CityBrain.EarlyWarning.Bursts;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>The areas among which bursts are looked for: those of one level of the city.</summary>
public sealed class WatchGround
{
    private readonly AreaMap _areas;
    private readonly AreaLevel _level;
    private readonly Dictionary<string, BurstArea> _middles;

    /// <param name="areas">The areas of the city.</param>
    /// <param name="level">The level to watch.</param>
    public WatchGround(AreaMap areas, AreaLevel level)
    {
        (_areas, _level) = (areas, level);
        _middles = areas.All.Where(area => area.Level == level).ToDictionary(area => area.Id, MiddleOf, StringComparer.Ordinal);
        Zones = new BurstGround(_middles.Values);
    }

    /// <summary>The areas and their zones.</summary>
    public BurstGround Zones { get; }

    /// <summary>The watched area that holds an area; null when the place is not known that finely.</summary>
    public string? AreaOf(string? areaId) => areaId is not null && _areas.Find(areaId) is { } area && area.Level >= _level ? _areas.AtLevel(areaId, _level).Id : null;

    /// <summary>The district that holds an area; null when it is not known.</summary>
    public string? DistrictOf(string? areaId) => areaId is not null && _areas.Find(areaId) is { Level: >= AreaLevel.District } ? _areas.AtLevel(areaId, AreaLevel.District).Id : null;

    /// <summary>Metres between the middles of two watched areas; null when one of them is none.</summary>
    public double? Metres(string one, string other) =>
        _middles.TryGetValue(one, out var from) && _middles.TryGetValue(other, out var to) ? Ground.Metres(from.Lat, from.Lon, to.Lat, to.Lon) : null;

    /// <summary>A point of an area that lies within it; null when it is none of the watched ones.</summary>
    public GeoPoint? PointOf(string areaId) => _middles.TryGetValue(areaId, out var middle) ? new(middle.Lat, middle.Lon) : null;

    private BurstArea MiddleOf(Area area)
    {
        var inside = _areas.Polygon(area.Id).InteriorPoint;
        return new(area.Id, inside.Y, inside.X);
    }
}
