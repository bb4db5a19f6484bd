using CityBrain.EarlyWarning.Bursts;

namespace CityBrain.Tests.EarlyWarning;

public sealed class BurstsGroundTests
{
    [Theory]
    [InlineData("a12")]
    [InlineData("a11 a12")]
    [InlineData("a06 a07 a11 a12")]
    [InlineData("a07 a11 a12 a13 a17")]
    [InlineData("a06 a07 a08 a11 a12 a13 a16 a17 a18")]
    public void Zones_Grid_HoldAreasPairsSquaresAndCrosses(string zone) => Assert.Contains(zone, Zones(BurstsTown.Ground()));

    [Fact]
    public void Zones_Areas_AreNeverMoreThanThirteenAndFirstTheSingleOnes()
    {
        var ground = BurstsTown.Ground();
        Assert.All(Enumerable.Range(0, ground.ZoneCount), zone => Assert.InRange(ground.AreasOf(zone).Length, 1, BurstGround.WidestZone));
        Assert.All(Enumerable.Range(0, ground.Areas.Count), area => Assert.Equal([area], ground.AreasOf(area).ToArray()));
        Assert.Equal(Zones(ground).Count, Zones(ground).Distinct().Count());
    }

    [Fact]
    public void Zones_AreasInAnotherOrder_AreTheSame() =>
        Assert.Equal(Zones(BurstsTown.Ground()), Zones(new BurstGround(BurstsTown.Areas().Reverse())));

    [Fact]
    public void Zones_AreasAllInOnePlace_AreTheSingleOnes() =>
        Assert.Equal(20, new BurstGround(Enumerable.Range(0, 20).Select(i => new BurstArea($"a{i}", 1, 2))).ZoneCount);

    [Fact]
    public void IndexOf_UnknownArea_IsAnUnknownPlace() => Assert.Equal(-1, BurstsTown.Ground().IndexOf("nowhere"));

    private static List<string> Zones(BurstGround ground) =>
        [.. Enumerable.Range(0, ground.ZoneCount).Select(zone => string.Join(' ', ground.AreasOf(zone).ToArray().Select(area => ground.Areas[area].Id)))];
}
