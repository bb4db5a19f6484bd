using System.Globalization;
using System.Text.RegularExpressions;
using CityBrain.City;

namespace CityBrain.Tests.City;

public sealed partial class SvgMapDrawingTests(ITestOutputHelper output)
{
    private static readonly SvgMap Drawn = DemoCity.Model.Areas.Draw();

    [Fact]
    public void Draw_DemoCity_HoldsEveryDistrictAndStreetInAFewKilobytes()
    {
        var areas = DemoCity.Model.Areas;
        Assert.Equal(areas.All.Where(a => a.Level <= AreaLevel.Street).Select(a => a.Id).Order(), Drawn.Areas.Select(a => a.Id).Order());
        Assert.Equal($"0 0 800 {Drawn.Height}", Drawn.ViewBox);
        var length = Drawn.Areas.Sum(a => a.Path.Length);
        output.WriteLine($"{Drawn.ViewBox}: {Drawn.Areas.Count} areas in {length} characters");
        Assert.InRange(length, 1, 40_000);
    }

    [Fact]
    public void Draw_Paths_StayInTheViewBox() =>
        Assert.All(Drawn.Areas.SelectMany(a => Rings(a.Path)).SelectMany(r => r), p =>
        {
            Assert.InRange(p.X, -0.1, Drawn.Width + 0.1);
            Assert.InRange(p.Y, -0.1, Drawn.Height + 0.1);
        });

    [Fact]
    public void Draw_Simplified_LevelsStillCoverEachOther()
    {
        var streets = Drawn.Areas.Where(a => a.Level == AreaLevel.Street).Sum(a => Area(a.Path));
        var districts = Drawn.Areas.Where(a => a.Level == AreaLevel.District).Sum(a => Area(a.Path));
        var city = Area(Drawn.Areas.Single(a => a.Level == AreaLevel.City).Path);
        Assert.Equal(city, streets, city * 1e-5);
        Assert.Equal(city, districts, city * 1e-5);
    }

    [Fact]
    public void Draw_SquareCity_IsFourSquaresInPixels()
    {
        var drawn = SquareCity.Load().Draw(AreaLevel.Grid, 200);
        Assert.Equal("0 0 200 200", drawn.ViewBox);
        var grid = drawn.Areas.Single(a => a.Id == "g-east-2");
        Assert.Equal([(100.0, 0.0), (100.0, 100.0), (200.0, 0.0), (200.0, 100.0)], Assert.Single(Rings(grid.Path)).Order());
        Assert.Equal((150, 50), (grid.LabelX, grid.LabelY));
        var (x, y) = drawn.Projection.ToPixels(0.15, 0.15);
        Assert.Equal((150, 50), (Math.Round(x, 3), Math.Round(y, 3)));
    }

    private static IEnumerable<(double X, double Y)[]> Rings(string path) =>
        path.Split('Z', StringSplitOptions.RemoveEmptyEntries).Select(ring => Pair().Matches(ring)
            .Select(m => (double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture))).ToArray());

    // Outer rings and holes run opposite ways, so their signed areas add up to the area.
    private static double Area(string path) =>
        Math.Abs(Rings(path).Sum(r => r.Zip(r.Skip(1).Append(r[0]), (a, b) => (a.X * b.Y) - (b.X * a.Y)).Sum() / 2));

    [GeneratedRegex(@"(-?[\d.]+) (-?[\d.]+)")]
    private static partial Regex Pair();
}
