using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace CityBrain.City;

/// <summary>An area with its polygon and what makes questions about it fast.</summary>
internal sealed class AreaShape(Area area, Geometry polygon)
{
    // A ring as lon, lat, lon, lat …: walking it allocates nothing.
    private readonly double[][] _rings = [.. RingsOf(polygon).Select(ring => ring.Coordinates.SelectMany(c => new[] { c.X, c.Y }).ToArray())];

    public Area Area { get; } = area;

    public Geometry Polygon { get; } = polygon;

    public Envelope Envelope { get; } = polygon.EnvelopeInternal.Copy();

    /// <summary>True inside and on the boundary.</summary>
    public bool Covers(Coordinate point) =>
        Envelope.Covers(point) && SimplePointInAreaLocator.Locate(point, Polygon) != Location.Exterior;

    /// <summary>Metres from a point to the nearest boundary, inside or outside; on a plane that touches the Earth at the point, good to 0.1 % over 50 km.</summary>
    public double DistanceToBoundary(double latitude, double longitude)
    {
        var metresPerLongitude = Ground.MetresPerLongitude(latitude);
        var nearest = double.PositiveInfinity;
        foreach (var ring in _rings)
        {
            var (x1, y1) = ((ring[0] - longitude) * metresPerLongitude, (ring[1] - latitude) * Ground.MetresPerDegree);
            for (var i = 2; i < ring.Length; i += 2)
            {
                var (x2, y2) = ((ring[i] - longitude) * metresPerLongitude, (ring[i + 1] - latitude) * Ground.MetresPerDegree);
                nearest = Math.Min(nearest, SquaredDistanceFromOrigin(x1, y1, x2, y2));
                (x1, y1) = (x2, y2);
            }
        }

        return Math.Sqrt(nearest);
    }

    /// <summary>The envelope of everything within a distance of a point.</summary>
    public static Envelope Around(double latitude, double longitude, double metres)
    {
        var (dy, dx) = (metres / Ground.MetresPerDegree, metres / (Ground.MetresPerDegree * Math.Max(0.01, Math.Cos(latitude * Math.PI / 180))));
        return new(longitude - dx, longitude + dx, latitude - dy, latitude + dy);
    }

    /// <summary>Outer rings and holes of all polygons of a geometry.</summary>
    public static IEnumerable<LineString> RingsOf(Geometry geometry) =>
        Enumerable.Range(0, geometry.NumGeometries)
            .Select(i => (Polygon)geometry.GetGeometryN(i))
            .SelectMany(p => p.Holes.Prepend(p.Shell));

    private static double SquaredDistanceFromOrigin(double x1, double y1, double x2, double y2)
    {
        var (dx, dy) = (x2 - x1, y2 - y1);
        var squared = (dx * dx) + (dy * dy);
        var along = squared > 0 ? Math.Clamp(-((x1 * dx) + (y1 * dy)) / squared, 0, 1) : 0;
        var (x, y) = (x1 + (along * dx), y1 + (along * dy));
        return (x * x) + (y * y);
    }
}
