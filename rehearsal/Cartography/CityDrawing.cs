using CityBrain.City;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Polygonize;
using NetTopologySuite.Simplify;
using NetTopologySuite.Triangulate;

namespace CityBrain.Rehearsal.Cartography;

/// <summary>
/// Draws five levels of areas from located rows: the outline is the land near the rows; each postal code gets the land nearest to its middle
/// (Voronoi) and is split into grids; communities belong to the board and borough of most of their rows. All lines are noded together at the
/// precision of the file, so areas that touch share every corner, and the levels nest exactly.
/// </summary>
internal static class CityDrawing
{
    private const double OutlineReach = 2500;
    private const double OutlineShrink = 1500;
    private const double OutlineTolerance = 150;
    private static readonly GeometryFactory Factory = new();
    private static readonly PrecisionModel FiveDecimals = new(100_000);

    /// <summary>Draws the city; only grids have a polygon.</summary>
    public static IReadOnlyList<(Area Area, Geometry? Polygon)> Draw(IReadOnlyList<SampleRow> rows)
    {
        var projection = new Projection(rows.Average(r => r.Latitude), rows.Average(r => r.Longitude));
        var outline = Outline(rows.Select(r => projection.ToPlane(r.Latitude, r.Longitude)));
        var communities = Community.Of(rows, projection);
        Coordinate[] middles = [.. communities.Select(c => c.Middle)];
        var cells = Voronoi(middles, outline);
        IReadOnlyList<Coordinate>[] grids = [.. middles.Select(m => GridSplitter.Middles(cells.Single(c => c.Covers(Factory.CreatePoint(m)))))];

        var lines = cells.Concat(cells.SelectMany(c => Voronoi(grids[CommunityOf(c)], c))).Select(c => projection.ToEarth(c.Boundary)).ToArray();
        var polygonizer = new Polygonizer();
        polygonizer.Add(UnaryUnionNG.Union(Factory.BuildGeometry(lines), FiveDecimals));
        var earthOutline = projection.ToEarth(outline);
        var polygons = polygonizer.GetPolygons().Where(f => earthOutline.Contains(f.InteriorPoint)).GroupBy(GridOf)
            .ToDictionary(g => g.Key, g => UnaryUnionNG.Union(Factory.BuildGeometry([.. g]), FiveDecimals));

        return Naming.AreasOf(communities, (community, grid) => polygons.GetValueOrDefault((community, grid)));

        int CommunityOf(Geometry cell) => Enumerable.Range(0, middles.Length).Single(i => cell.Covers(Factory.CreatePoint(middles[i])));

        (int Community, int Grid) GridOf(Geometry face)
        {
            var inside = face.InteriorPoint;
            var point = projection.ToPlane(inside.Y, inside.X);
            var community = GridSplitter.Nearest(middles, point);
            return (community, GridSplitter.Nearest(grids[community], point));
        }
    }

    private static Geometry Outline(IEnumerable<Coordinate> points)
    {
        var near = Factory.CreateMultiPointFromCoords([.. points]).Buffer(OutlineReach).Buffer(-OutlineShrink);
        return TopologyPreservingSimplifier.Simplify(PolygonExtracter.GetPolygons(near).Aggregate((Geometry)Factory.CreatePolygon(), (all, p) => all.Union(Factory.CreatePolygon(((Polygon)p).Shell))), OutlineTolerance);
    }

    private static IReadOnlyList<Geometry> Voronoi(IReadOnlyList<Coordinate> middles, Geometry within)
    {
        var builder = new VoronoiDiagramBuilder { ClipEnvelope = within.EnvelopeInternal };
        builder.SetSites(middles.Select(m => m.Copy()).ToArray());
        var diagram = builder.GetDiagram(Factory);
        return [.. Enumerable.Range(0, diagram.NumGeometries).Select(i => OverlayNGRobust.Overlay(diagram.GetGeometryN(i), within, NetTopologySuite.Operation.Overlay.SpatialFunction.Intersection))];
    }
}
