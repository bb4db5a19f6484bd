using System.Text.Json;
using NetTopologySuite.Geometries;

namespace CityBrain.City;

/// <summary>Reads polygons in GeoJSON (RFC 7946): WGS84, longitude before latitude.</summary>
internal static class GeoJsonReader
{
    private static readonly GeometryFactory Factory = new(new PrecisionModel(), 4326);

    /// <summary>Reads a Polygon or MultiPolygon; null when the geometry is null.</summary>
    /// <exception cref="FormatException">It is something else, or not a valid polygon.</exception>
    public static Geometry? ReadPolygon(JsonElement geometry)
    {
        if (geometry.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var type = geometry.ValueKind == JsonValueKind.Object && geometry.TryGetProperty("type", out var t) ? t.ToString() : null;
        if (type is not ("Polygon" or "MultiPolygon") || !geometry.TryGetProperty("coordinates", out var coordinates))
        {
            throw new FormatException($"the geometry is '{type}'; write a Polygon or a MultiPolygon with coordinates, or null to join the areas below.");
        }

        Geometry polygon = type == "Polygon"
            ? Polygon(coordinates)
            : Factory.CreateMultiPolygon([.. Items(coordinates, "coordinates of a MultiPolygon").Select(Polygon)]);
        return polygon.IsValid && !polygon.IsEmpty
            ? polygon
            : throw new FormatException("the polygon is empty or crosses itself; write rings that touch no other part of themselves.");
    }

    private static Polygon Polygon(JsonElement rings)
    {
        var linear = Items(rings, "coordinates of a Polygon").Select(Ring).ToArray();
        return linear.Length > 0
            ? Factory.CreatePolygon(linear[0], linear[1..])
            : throw new FormatException("a polygon has no ring; write its outer ring first.");
    }

    private static LinearRing Ring(JsonElement positions)
    {
        var coordinates = Items(positions, "ring").Select(Position).ToArray();
        return coordinates.Length >= 4 && coordinates[0].Equals2D(coordinates[^1])
            ? Factory.CreateLinearRing(coordinates)
            : throw new FormatException("a ring is open or has fewer than four positions; repeat its first position as its last.");
    }

    private static Coordinate Position(JsonElement position)
    {
        if (position.ValueKind != JsonValueKind.Array || position.GetArrayLength() < 2
            || position[0].ValueKind != JsonValueKind.Number || position[1].ValueKind != JsonValueKind.Number)
        {
            throw new FormatException("a position is not an array of numbers; write [longitude, latitude].");
        }

        var (longitude, latitude) = (position[0].GetDouble(), position[1].GetDouble());
        return Math.Abs(longitude) <= 180 && Math.Abs(latitude) <= 90
            ? new Coordinate(longitude, latitude)
            : throw new FormatException($"[{longitude}, {latitude}] is no place on Earth; write degrees, longitude before latitude.");
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.Array
            ? element.EnumerateArray()
            : throw new FormatException($"the {what} is not an array.");
}
