using CityBrain.City;

namespace CityBrain.Tests.City;

public sealed class AreaMapTests
{
    private const double MetresPerDegree = 111_195.08;
    private static readonly AreaMap Map = SquareCity.Load();

    [Theory]
    [InlineData(0.05, 0.05, "g-west-1")]
    [InlineData(0.15, 0.05, "g-west-2")]
    [InlineData(0.05, 0.15, "g-east-1")]
    [InlineData(0.10, 0.05, "g-west-1")] // on the line between two grids
    [InlineData(0.10, 0.10, "g-east-1")] // where four meet
    [InlineData(0.00, 0.00, "g-west-1")]
    [InlineData(-0.01, 0.05, null)]
    [InlineData(double.NaN, 0.05, null)]
    public void Locate_Point_FindsTheGrid(double latitude, double longitude, string? expected) =>
        Assert.Equal(expected, Map.Locate(latitude, longitude)?.Id);

    [Fact]
    [Trait("behaviour", "Triage: jurisdiction is a chain from grid to city")]
    public void Chain_Grid_LeadsToTheCity()
    {
        Assert.Equal(["g-east-2", "c-east", "s-east", "d-east", "town"], Map.Chain("g-east-2").Select(a => a.Id));
        Assert.Equal("s-east", Map.AtLevel("g-east-2", AreaLevel.Street).Id);
        Assert.Equal("d-east", Map.AtLevel("d-east", AreaLevel.District).Id);
        Assert.Equal(["g-east-1", "g-east-2"], Map.Children("c-east").Select(a => a.Id));
        Assert.Empty(Map.Children("g-east-1"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Map.AtLevel("d-east", AreaLevel.Street));
        Assert.Throws<KeyNotFoundException>(() => Map.Chain("nowhere"));
        Assert.Null(Map.Find("nowhere"));
    }

    [Theory]
    [InlineData(0.05, 0.09, AreaLevel.Grid, 0.01)]
    [InlineData(0.09, 0.05, AreaLevel.Grid, 0.01)]
    [InlineData(0.09, 0.05, AreaLevel.Community, 0.05)] // the line between the grids is none of the community's
    [InlineData(0.1, 0.09, AreaLevel.City, 0.09)]
    [InlineData(-0.02, 0.05, AreaLevel.Grid, 0.02)]     // outside: to the edge of the city
    public void DistanceToBoundary_Point_IsMetresToTheNearestLine(double latitude, double longitude, AreaLevel level, double degrees) =>
        Assert.Equal(degrees * MetresPerDegree, Map.DistanceToBoundary(latitude, longitude, level), 0.1);

    [Fact]
    public void Near_PointByALine_NamesBothSides()
    {
        Assert.Equal(["d-west", "d-east"], Map.Near(0.05, 0.0999, 20, AreaLevel.District).Select(a => a.Id));
        Assert.Equal(["d-west"], Map.Near(0.05, 0.05, 20, AreaLevel.District).Select(a => a.Id));
        Assert.Equal(["town"], Map.Near(-0.0001, 0.05, 20, AreaLevel.City).Select(a => a.Id));
        Assert.Empty(Map.Near(-0.1, 0.05, 20, AreaLevel.City));
    }

    [Fact]
    public void Polygon_AreaWithoutItsOwn_IsWhatTheAreasBelowMake()
    {
        Assert.Equal(0.04, Map.Polygon("town").Area, 9);
        Assert.Equal(0.02, Map.Polygon("d-east").Area, 9);
    }

    [Fact]
    public void Locate_ManyThreads_AgreesWithOne()
    {
        var map = SquareCity.Load();
        var random = new Random(1);
        var points = Enumerable.Range(0, 20_000).Select(_ => (Latitude: random.NextDouble() * 0.3, Longitude: random.NextDouble() * 0.3)).ToArray();
        var found = points.AsParallel().AsOrdered().WithDegreeOfParallelism(8).Select(p => map.Locate(p.Latitude, p.Longitude)?.Id).ToArray();
        Assert.Equal(points.Select(p => Map.Locate(p.Latitude, p.Longitude)?.Id), found);
    }
}
