using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.OverlayNG;

namespace CityBrain.City;

/// <summary>
/// Reads <c>areas.geojson</c>: a FeatureCollection with the properties <c>id</c>, <c>level</c>, <c>name</c> and <c>parentId</c>. Grids carry
/// polygons; an area above them may leave its geometry null, and is then what the areas below it make together.
/// </summary>
internal static class AreaFile
{
    private const string Name = "areas.geojson";

    // Square degrees: about a hundredth of a square metre.
    private const double Sliver = 1e-12;

    public static AreaMap Load(string folder)
    {
        var file = new CityFile(folder, Name);
        var features = file.Read<Collection>().Features;
        var areas = features.Select((f, i) => (Feature: f, Place: $"area '{f.Properties.Id}'", Area: AreaOf(f.Properties))).ToList();
        file.RequireUnique(areas, a => a.Area.Id, a => a.Place);
        file.Require(areas.Count(a => a.Area.Level == AreaLevel.City) == 1, "features", "there must be one area of level \"city\", and one only.");
        var byId = areas.ToDictionary(a => a.Area.Id, a => a.Area, StringComparer.Ordinal);
        foreach (var (_, place, area) in areas)
        {
            file.RequireId(area.Id, place);
            file.RequireName(area.Name, place);
            file.Require(
                area.Level == AreaLevel.City ? area.ParentId is null : byId.GetValueOrDefault(area.ParentId ?? "")?.Level == area.Level - 1,
                place,
                area.Level == AreaLevel.City ? "the city has no parent; leave parentId out." : $"'{area.ParentId}' is no area one level up; write the id of a {area.Level - 1}.".ToLowerInvariant());
        }

        Dictionary<string, Geometry> polygons = new(StringComparer.Ordinal);
        foreach (var (feature, place, area) in areas.OrderByDescending(a => a.Area.Level))
        {
            polygons[area.Id] = PolygonOf(file, feature, place) ?? Joined(areas.Where(a => a.Area.ParentId == area.Id).Select(a => polygons[a.Area.Id]))
                ?? throw file.Error(place, "there is neither a polygon nor an area below it; draw its polygon.");
        }

        foreach (var (_, place, area) in areas.Where(a => a.Area.ParentId is not null))
        {
            file.Require(polygons[area.ParentId!].Covers(polygons[area.Id].InteriorPoint), place, $"its middle lies outside its parent '{area.ParentId}'; correct one of them.");
        }

        return new AreaMap([.. areas.Select(a => new AreaShape(a.Area, polygons[a.Area.Id]))]);
    }

    private static Area AreaOf(Properties properties) => new(properties.Id, properties.Level, properties.Name, properties.ParentId);

    private static Geometry? PolygonOf(CityFile file, Feature feature, string place)
    {
        try
        {
            return GeoJsonReader.ReadPolygon(feature.Geometry);
        }
        catch (FormatException exception)
        {
            throw file.Error(place, exception.Message, exception);
        }
    }

    private static Geometry? Joined(IEnumerable<Geometry> parts)
    {
        if (parts.ToList() is not { Count: > 0 } below)
        {
            return null;
        }

        // Areas that share every corner of their common line are joined by leaving that line out; any others need the slower, general way.
        var joined = CoverageUnion.Union(below[0].Factory.BuildGeometry(below));
        return joined.IsValid && Math.Abs(joined.Area - below.Sum(p => p.Area)) < Sliver ? joined : OverlayNGRobust.Union(below);
    }

    private sealed record Collection(string Type, IReadOnlyList<Feature> Features, string? Attribution = null);

    private sealed record Feature(string Type, Properties Properties, JsonElement Geometry);

    private sealed record Properties(string Id, AreaLevel Level, LocalizedName Name, string? ParentId = null);
}
