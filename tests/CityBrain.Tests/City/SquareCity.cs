using System.Text.Json;
using CityBrain.City;

namespace CityBrain.Tests.City;

/// <summary>A city of two districts side by side, each of one street with one community of two grids, one above the other; every grid is 0.1 degrees wide and high, at the equator.</summary>
internal static class SquareCity
{
    public static AreaMap Load()
    {
        using var folder = new TempFolder();
        File.WriteAllText(Path.Combine(folder.Path, "areas.geojson"), GeoJson());
        return AreaFile.Load(folder.Path);
    }

    public static string GeoJson()
    {
        List<object> features = [Feature("town", "city", null, null)];
        foreach (var (side, west) in new[] { ("west", 0.0), ("east", 0.1) })
        {
            features.Add(Feature($"d-{side}", "district", "town", null));
            features.Add(Feature($"s-{side}", "street", $"d-{side}", null));
            features.Add(Feature($"c-{side}", "community", $"s-{side}", null));
            features.Add(Feature($"g-{side}-1", "grid", $"c-{side}", Square(west, 0)));
            features.Add(Feature($"g-{side}-2", "grid", $"c-{side}", Square(west, 0.1)));
        }

        return JsonSerializer.Serialize(new { type = "FeatureCollection", features });
    }

    private static object Feature(string id, string level, string? parentId, object? geometry) =>
        new { type = "Feature", properties = new { id, level, name = new { en = id, zh = id }, parentId }, geometry };

    private static object Square(double x, double y) =>
        new { type = "Polygon", coordinates = new[] { new double[][] { [x, y], [x + 0.1, y], [x + 0.1, y + 0.1], [x, y + 0.1], [x, y] } } };
}
