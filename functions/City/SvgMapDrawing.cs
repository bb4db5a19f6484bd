using System.Globalization;
using System.Text;
using NetTopologySuite.Geometries;
using NetTopologySuite.Simplify;

namespace CityBrain.City;

/// <summary>
/// Draws the areas as an SVG that needs no map library. Lines are simplified between the points where three lines meet, so neighbours keep
/// their common line and the levels still nest: no gaps, no overlaps.
/// </summary>
public static class SvgMapDrawing
{
    /// <summary>Lines may move by that many pixels.</summary>
    private const double Tolerance = 0.7;

    /// <summary>Smaller rings, in square pixels, are left out.</summary>
    private const double SmallestRing = 2;

    /// <summary>Draws the levels from the city down to <paramref name="finest"/>.</summary>
    /// <param name="map">The areas.</param>
    /// <param name="finest">The lowest level to draw.</param>
    /// <param name="width">Width in pixels, 100 to 10,000; the height follows.</param>
    public static SvgMap Draw(this AreaMap map, AreaLevel finest = AreaLevel.Street, int width = 800)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 10_000);
        var box = map.Polygon(map.City.Id).EnvelopeInternal;
        var scale = width / box.Width;
        var vertical = scale / Math.Cos(box.Centre.Y * Math.PI / 180);
        var projection = new SvgProjection(box.MinX, box.MaxY, scale, vertical);

        var polygons = map.All.Where(a => a.Level <= finest).OrderBy(a => a.Level).Select(a => (Area: a, Polygon: map.Polygon(a.Id))).ToList();
        var junctions = Junctions(polygons.Where(p => p.Area.Level == finest).Select(p => p.Polygon));
        // Paths are written to a tenth of a pixel.
        return new(width, (int)Math.Ceiling((box.Height * vertical) - 0.1), [.. polygons.Select(p => Drawn(p.Area, p.Polygon, junctions, projection))]) { Projection = projection };
    }

    private static SvgArea Drawn(Area area, Geometry polygon, HashSet<Coordinate> junctions, SvgProjection projection)
    {
        var path = new StringBuilder();
        foreach (var ring in AreaShape.RingsOf(polygon))
        {
            var line = Arcs(ring.Coordinates, junctions).SelectMany(arc => Simplified(arc, projection).SkipLast(1)).ToList();
            if (Math.Abs(NetTopologySuite.Algorithm.Area.OfRingSigned([.. line, line[0]])) >= SmallestRing)
            {
                path.Append('M').AppendJoin(' ', line.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.X:0.#} {c.Y:0.#}"))).Append('Z');
            }
        }

        var label = polygon.InteriorPoint;
        var (x, y) = projection.ToPixels(label.Y, label.X);
        return new(area.Id, area.Level, path.ToString(), Math.Round(x, 1), Math.Round(y, 1));
    }

    /// <summary>The corners in which more or fewer than two lines end.</summary>
    private static HashSet<Coordinate> Junctions(IEnumerable<Geometry> polygons)
    {
        Dictionary<Coordinate, HashSet<Coordinate>> neighbours = [];
        foreach (var ring in polygons.SelectMany(AreaShape.RingsOf))
        {
            foreach (var (a, b) in ring.Coordinates.Zip(ring.Coordinates.Skip(1)))
            {
                Of(a).Add(b);
                Of(b).Add(a);
            }
        }

        return [.. neighbours.Where(n => n.Value.Count != 2).Select(n => n.Key)];

        HashSet<Coordinate> Of(Coordinate corner) => neighbours.TryGetValue(corner, out var set) ? set : neighbours[corner] = [];
    }

    /// <summary>A ring cut at its junctions; one without any is cut at its lowest corner.</summary>
    private static IEnumerable<Coordinate[]> Arcs(Coordinate[] ring, HashSet<Coordinate> junctions)
    {
        var open = ring[..^1];
        var first = Array.FindIndex(open, junctions.Contains);
        var start = first >= 0 ? first : Array.IndexOf(open, open.Min());
        List<Coordinate> arc = [open[start]];
        for (var i = 1; i <= open.Length; i++)
        {
            var corner = open[(start + i) % open.Length];
            arc.Add(corner);
            if (i == open.Length || junctions.Contains(corner))
            {
                yield return [.. arc];
                arc = [corner];
            }
        }
    }

    // Simplified in one direction whichever way the ring runs, so that both neighbours keep the same corners.
    private static Coordinate[] Simplified(Coordinate[] arc, SvgProjection projection)
    {
        var backwards = arc[0].CompareTo(arc[^1]) > 0 || (arc[0].Equals2D(arc[^1]) && arc[1].CompareTo(arc[^2]) > 0);
        var pixels = (backwards ? arc.Reverse() : arc).Select(c => projection.ToPixels(c.Y, c.X)).Select(p => new Coordinate(p.X, p.Y)).ToArray();
        var simple = DouglasPeuckerLineSimplifier.Simplify(pixels, Tolerance);
        return backwards ? [.. simple.Reverse()] : simple;
    }
}
