using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace CityBrain.Rehearsal.Cartography;

/// <summary>Splits a community into grids of about the same size: middles spread by Lloyd's iteration (IEEE Trans. Inf. Theory 28(2), 1982).</summary>
internal static class GridSplitter
{
    private const int Iterations = 40;
    private const int Lattice = 40;
    private const double SquareMetresOfFour = 9e6;
    private const double SquareMetresOfThree = 4e6;

    /// <summary>The middles of two to four grids, more for a wider community, from west to east.</summary>
    public static IReadOnlyList<Coordinate> Middles(Geometry cell)
    {
        var points = PointsIn(cell);
        var count = cell.Area > SquareMetresOfFour ? 4 : cell.Area > SquareMetresOfThree ? 3 : 2;
        var middles = Enumerable.Range(0, count).Select(i => points[(2 * i + 1) * points.Count / (2 * count)]).ToArray();
        for (var i = 0; i < Iterations; i++)
        {
            middles = [.. points.GroupBy(p => Nearest(middles, p)).OrderBy(g => g.Key)
                .Select(g => new Coordinate(g.Average(p => p.X), g.Average(p => p.Y)))];
        }

        return [.. middles.OrderBy(m => m.X).ThenBy(m => m.Y)];
    }

    /// <summary>Index of the nearest of some points.</summary>
    public static int Nearest(IReadOnlyList<Coordinate> middles, Coordinate point) =>
        Enumerable.Range(0, middles.Count).MinBy(i => middles[i].Distance(point));

    private static List<Coordinate> PointsIn(Geometry cell)
    {
        var locator = new IndexedPointInAreaLocator(cell);
        var box = cell.EnvelopeInternal;
        return [.. from x in Enumerable.Range(0, Lattice)
                   from y in Enumerable.Range(0, Lattice)
                   let point = new Coordinate(box.MinX + (box.Width * (x + 0.5) / Lattice), box.MinY + (box.Height * (y + 0.5) / Lattice))
                   where locator.Locate(point) == Location.Interior
                   select point];
    }
}
