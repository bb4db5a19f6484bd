using System.Globalization;
using CityBrain.City;
using NetTopologySuite.Geometries;

namespace CityBrain.Rehearsal.Cartography;

/// <summary>Names the areas of the demo city in both languages.</summary>
internal static class Naming
{
    private const string CityId = "demo-city";

    private static readonly Dictionary<string, string> ChineseNames = new(StringComparer.Ordinal)
    {
        ["BRONX"] = "布朗克斯",
        ["BROOKLYN"] = "布鲁克林",
        ["MANHATTAN"] = "曼哈顿",
        ["QUEENS"] = "皇后",
        ["STATEN ISLAND"] = "斯塔滕岛",
    };

    /// <summary>The areas, widest level first, each level sorted by id. A grid without a polygon is left out.</summary>
    public static IReadOnlyList<(Area Area, Geometry? Polygon)> AreasOf(IReadOnlyList<Community> communities, Func<int, int, Geometry?> polygonOf)
    {
        var boards = communities.Select(c => (c.Borough, Number: int.Parse(c.Board.Split(' ')[0], CultureInfo.InvariantCulture)));
        var areas = boards.Select(b => b.Borough).Distinct().Select(District)
            .Concat(boards.Distinct().Select(b => Street(b.Borough, b.Number)))
            .Concat(communities.Zip(boards, (c, b) => new Area(c.Zip, AreaLevel.Community, new($"Community {c.Zip}", $"{c.Zip}社区"), StreetId(b.Borough, b.Number))))
            .Prepend(new Area(CityId, AreaLevel.City, new("Demo City", "示范市"), null))
            .Select(a => (a, (Geometry?)null));
        var grids = from community in Enumerable.Range(0, communities.Count)
                    let zip = communities[community].Zip
                    from grid in Enumerable.Range(0, 4)
                    let polygon = polygonOf(community, grid)
                    where polygon is not null
                    select (new Area($"{zip}-{grid + 1}", AreaLevel.Grid, new($"Grid {zip}-{grid + 1}", $"{zip}-{grid + 1}网格"), zip), polygon);
        return [.. areas.Concat(grids).OrderBy(a => a.Item1.Level).ThenBy(a => a.Item1.Id, StringComparer.Ordinal)];
    }

    private static Area District(string borough) =>
        new(Slug(borough), AreaLevel.District, new(Title(borough) + " District", Chinese(borough) + "区"), CityId);

    private static Area Street(string borough, int number) =>
        new(StreetId(borough, number), AreaLevel.Street, new($"{Title(borough)} Street {number}", $"{Chinese(borough)}第{number}街道"), Slug(borough));

    private static string StreetId(string borough, int number) => string.Create(CultureInfo.InvariantCulture, $"{Slug(borough)}-{number:00}");

    private static string Slug(string borough) => borough.ToLowerInvariant().Replace(' ', '-');

    private static string Title(string borough) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(borough.ToLowerInvariant());

    private static string Chinese(string borough) => ChineseNames.GetValueOrDefault(borough, Title(borough));
}
