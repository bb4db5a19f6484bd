using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CityBrain.City;
using NetTopologySuite.Geometries;

namespace CityBrain.Rehearsal.Cartography;

/// <summary>Writes areas as GeoJSON, one feature a line so that a change reads well in a comparison.</summary>
internal static class GeoJsonWriter
{
    private const string Attribution =
        "Drawn from a sample of NYC Open Data, 311 Service Requests: Voronoi cells of postal codes, no administrative boundary. The city is a demonstration.";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void Write(IReadOnlyList<(Area Area, Geometry? Polygon)> areas, string path)
    {
        var text = new StringBuilder().Append("{\"type\":\"FeatureCollection\",\"attribution\":").Append(JsonSerializer.Serialize(Attribution, Json)).Append(",\"features\":[\n");
        text.AppendJoin(",\n", areas.Select(a => Feature(a.Area, a.Polygon))).Append("\n]}\n");
        File.WriteAllText(path, text.ToString());
    }

    private static string Feature(Area area, Geometry? polygon)
    {
        var level = area.Level.ToString().ToLowerInvariant();
        var properties = area.ParentId is null
            ? JsonSerializer.Serialize(new { area.Id, level, area.Name }, Json)
            : JsonSerializer.Serialize(new { area.Id, level, area.Name, area.ParentId }, Json);
        return $"{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":{(polygon is null ? "null" : Shape(polygon))}}}";
    }

    private static string Shape(Geometry geometry) =>
        geometry is Polygon polygon
            ? $"{{\"type\":\"Polygon\",\"coordinates\":{Rings(polygon)}}}"
            : $"{{\"type\":\"MultiPolygon\",\"coordinates\":[{string.Join(',', ((GeometryCollection)geometry).Geometries.Select(g => Rings((Polygon)g)))}]}}";

    // RFC 7946: the outer ring runs counter-clockwise, holes clockwise.
    private static string Rings(Polygon polygon) =>
        $"[{string.Join(',', polygon.Holes.Select(h => Ring(h, ccw: false)).Prepend(Ring(polygon.Shell, ccw: true)))}]";

    private static string Ring(LineString ring, bool ccw) =>
        $"[{string.Join(',', (((LinearRing)ring).IsCCW == ccw ? ring : (LineString)ring.Reverse()).Coordinates.Select(c => string.Create(CultureInfo.InvariantCulture, $"[{c.X:0.#####},{c.Y:0.#####}]")))}]";
}
