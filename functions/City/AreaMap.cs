using System.Collections.Frozen;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index;
using NetTopologySuite.Index.Strtree;

namespace CityBrain.City;

/// <summary>The areas of the city and their polygons, WGS84. Immutable and safe for concurrent use.</summary>
public sealed class AreaMap
{
    private readonly FrozenDictionary<string, AreaShape> _shapes;
    private readonly FrozenDictionary<string, Area[]> _chains;
    private readonly FrozenDictionary<string, Area[]> _children;
    private readonly STRtree<AreaShape>[] _trees;

    /// <summary>Builds the map of areas that were validated: one city, every parent one level up, every area with a polygon.</summary>
    internal AreaMap(IReadOnlyList<AreaShape> shapes)
    {
        All = [.. shapes.Select(s => s.Area)];
        _shapes = shapes.ToFrozenDictionary(s => s.Area.Id, StringComparer.Ordinal);
        _chains = All.ToFrozenDictionary(a => a.Id, a => Ancestors(a).ToArray(), StringComparer.Ordinal);
        _children = All.Where(a => a.ParentId is not null).GroupBy(a => a.ParentId!, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _trees = [.. Enum.GetValues<AreaLevel>().Select(level => TreeOf(shapes.Where(s => s.Area.Level == level)))];
        City = All.Single(a => a.Level == AreaLevel.City);
    }

    /// <summary>All areas, in the order of the file.</summary>
    public IReadOnlyList<Area> All { get; }

    /// <summary>The area that is the whole city.</summary>
    public Area City { get; }

    /// <summary>The area of an id, or null.</summary>
    public Area? Find(string id) => _shapes.GetValueOrDefault(id)?.Area;

    /// <summary>The areas one level below; empty for a grid.</summary>
    /// <exception cref="KeyNotFoundException">There is no such area.</exception>
    public IReadOnlyList<Area> Children(string id) => _children.GetValueOrDefault(Shape(id).Area.Id) ?? [];

    /// <summary>The area and all that hold it, up to the city: for a grid, five.</summary>
    /// <exception cref="KeyNotFoundException">There is no such area.</exception>
    public IReadOnlyList<Area> Chain(string id) => _chains[Shape(id).Area.Id];

    /// <summary>The area of a level that holds another one, or is it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such area.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level lies below the area.</exception>
    public Area AtLevel(string id, AreaLevel level)
    {
        var area = Shape(id).Area;
        return level <= area.Level
            ? _chains[id][area.Level - level]
            : throw new ArgumentOutOfRangeException(nameof(level), level, $"The area '{id}' is a {area.Level}; it lies in no {level}.");
    }

    /// <summary>
    /// The grid that holds a point, by polygon; null outside the city. A point on a boundary belongs to the grid whose id sorts first, so that
    /// the answer never depends on the order of the file.
    /// </summary>
    public Area? Locate(double latitude, double longitude) => ShapeAt(latitude, longitude, AreaLevel.Grid)?.Area;

    /// <summary>
    /// Metres from a point to the nearest boundary of the area of a level that holds it; of the city, for a point outside. Small means that
    /// the point might belong to a neighbour as well.
    /// </summary>
    public double DistanceToBoundary(double latitude, double longitude, AreaLevel level) =>
        (ShapeAt(latitude, longitude, level) ?? _shapes[City.Id]).DistanceToBoundary(latitude, longitude);

    /// <summary>The areas of a level that hold a point or come within a distance of it, the nearest first.</summary>
    public IReadOnlyList<Area> Near(double latitude, double longitude, double metres, AreaLevel level)
    {
        var point = new Coordinate(longitude, latitude);
        return [.. _trees[(int)level].Query(AreaShape.Around(latitude, longitude, metres))
            .Select(s => (s.Area, Distance: s.Covers(point) ? 0 : s.DistanceToBoundary(latitude, longitude)))
            .Where(s => s.Distance <= metres)
            .OrderBy(s => s.Distance).ThenBy(s => s.Area.Id, StringComparer.Ordinal)
            .Select(s => s.Area)];
    }

    /// <summary>The polygon, or polygons, of an area: longitude is X, latitude is Y. A copy, for drawing and computing.</summary>
    /// <exception cref="KeyNotFoundException">There is no such area.</exception>
    public Geometry Polygon(string id) => Shape(id).Polygon.Copy();

    private AreaShape? ShapeAt(double latitude, double longitude, AreaLevel level)
    {
        if (!double.IsFinite(latitude) || !double.IsFinite(longitude))
        {
            return null;
        }

        var finder = new Finder(new Coordinate(longitude, latitude));
        _trees[(int)level].Query(new Envelope(finder.Point), finder);
        return finder.Found;
    }

    private AreaShape Shape(string id) =>
        _shapes.GetValueOrDefault(id) ?? throw new KeyNotFoundException($"There is no area '{id}'.");

    private static STRtree<AreaShape> TreeOf(IEnumerable<AreaShape> shapes)
    {
        var tree = new STRtree<AreaShape>();
        foreach (var shape in shapes)
        {
            tree.Insert(shape.Envelope, shape);
        }

        // Built here: a tree that is built by its first query is not safe for concurrent use.
        tree.Build();
        return tree;
    }

    private IEnumerable<Area> Ancestors(Area area)
    {
        for (var at = area; at is not null; at = at.ParentId is null ? null : Find(at.ParentId))
        {
            yield return at;
        }
    }

    private sealed class Finder(Coordinate point) : IItemVisitor<AreaShape>
    {
        public Coordinate Point { get; } = point;

        public AreaShape? Found { get; private set; }

        public void VisitItem(AreaShape item)
        {
            if ((Found is null || string.CompareOrdinal(item.Area.Id, Found.Area.Id) < 0) && item.Covers(Point))
            {
                Found = item;
            }
        }
    }
}
