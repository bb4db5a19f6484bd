using CityBrain.City;
using CityBrain.EarlyWarning.Warnings;

namespace CityBrain.Tests.EarlyWarning;

public sealed class FusionTests
{
    private static readonly WarningSettings Settings = new() { NearKilometres = 3, NearHours = 48, Growth = 2 };

    // Areas are numbered along a road, a kilometre apart.
    private static readonly Fusion Fusion = new(Settings, SmallTown.City.Catalogue, (one, other) => 1000 * Math.Abs(NumberOf(one) - NumberOf(other)));

    [Fact]
    public void Take_FirstSign_IsANewWarning()
    {
        var warning = Fusion.Take(Burst("t1", "a1"), [], 7);
        Assert.Equal(("rubbish-000007", 1, 6, 0), (warning.Id, warning.Revision, warning.Reporters, warning.Devices));
    }

    [Fact]
    public void Take_PeopleAndDeviceNearInPlaceTimeAndMeaning_IsOneWarningAndSurer()
    {
        var people = Fusion.Take(Burst("t1", "a1"), [], 1);
        var both = Fusion.Take(Anomaly("d1", "a3"), [people], 2);
        Assert.Equal((people.Id, 2, 1), (both.Id, both.Signs.Count, both.Devices));
        Assert.True(both.Parts.Confidence > people.Parts.Confidence);
        Assert.Equal(2, both.Revision);
    }

    [Theory]
    [InlineData("a9", 0, "rubbish")]
    [InlineData("a1", 80, "rubbish")]
    [InlineData("a1", 0, "parks")]
    public void Take_FarInPlaceTimeOrMeaning_IsAnotherWarning(string area, int hours, string category)
    {
        var first = Fusion.Take(Burst("t1", "a1"), [], 1);
        var other = Burst("t2", area) with { Categories = [category], Onset = At(hours), Last = At(hours) };
        Assert.Equal($"{category}-000002", Fusion.Take(other, [first], 2).Id);
    }

    [Fact]
    public void Take_CitywideSign_IsNearToEveryPlace()
    {
        var first = Fusion.Take(Burst("t1", "a1"), [], 1);
        Assert.Equal(first.Id, Fusion.Take(Burst("c1") with { Kind = SignKind.Category, Areas = [] }, [first], 2).Id);
    }

    [Fact]
    public void Take_NewsOfASignThatIsThere_ReplacesItWhereverItHasMoved()
    {
        var first = Fusion.Take(Burst("t1", "a1"), [], 1);
        var moved = Fusion.Take(Burst("t1", "a9") with { Observed = 7 }, [first], 2);
        Assert.Equal((first.Id, 1, 7), (moved.Id, moved.Signs.Count, moved.Reporters));
    }

    [Fact]
    public void Take_SameSignAgain_ChangesNothing()
    {
        var first = Fusion.Take(Burst("t1", "a1"), [], 1);
        Assert.Equal(CityJson.Write(first), CityJson.Write(Fusion.Take(Burst("t1", "a1"), [first], 2)));
    }

    [Theory]
    [InlineData(7, 1)]
    [InlineData(11, 1)]
    [InlineData(12, 2)]
    public void Take_MoreReporters_TellsPeopleAgainOnlyWhenTheyDoubled(int reporters, int revision)
    {
        var fusion = new Fusion(Settings with { Yellow = 100, Orange = 100, Red = 100 }, SmallTown.City.Catalogue, (_, _) => 0);
        var first = fusion.Take(Burst("t1", "a1") with { Score = 50 }, [], 1);
        Assert.Equal(revision, fusion.Take(Burst("t1", "a1") with { Score = 50, Observed = reporters }, [first], 2).Revision);
    }

    [Fact]
    [Trait("behaviour", "Early warning: people are told again only when a warning grows")]
    public void Take_HigherLevel_TellsPeopleAgain_AndTheHighestStays()
    {
        var blue = Fusion.Take(Burst("t1", "a1") with { Score = 1 }, [], 1);
        var grave = Fusion.Take(Burst("t1", "a1") with { Score = 50, Observed = 30 }, [blue], 2);
        Assert.Equal((WarningLevel.Blue, WarningLevel.Yellow, 2), (blue.Level, grave.Level, grave.Revision));
        var calmer = Fusion.Take(Burst("t1", "a1") with { Score = 1 }, [grave], 3);
        Assert.Equal((WarningLevel.Blue, WarningLevel.Yellow, 2), (calmer.Level, calmer.Highest, calmer.Revision));
    }

    [Fact]
    public void Take_EndedWarning_TakesNoNewSign()
    {
        var ended = Fusion.Take(Burst("t1", "a1") with { End = At(10) }, [], 1);
        Assert.Equal(At(10), ended.End);
        Assert.Equal("rubbish-000002", Fusion.Take(Burst("t2", "a1"), [ended], 2).Id);
    }

    [Fact]
    public void Take_ManySigns_KeepsTheStrongest()
    {
        var warning = Fusion.Take(Burst("s", "a1") with { Score = 20 }, [], 1);
        for (var i = 0; i < 2 * Warning.MostSigns; i++)
        {
            warning = Fusion.Take(Burst($"t{i:D3}", "a1") with { End = At(1) }, [warning], 2);
        }

        Assert.Equal(Warning.MostSigns, warning.Signs.Count);
        Assert.Contains(warning.Signs, sign => sign.Id == "s");
    }

    [Fact]
    public void Parts_LifeAtRiskManyReportersAndAreas_IsRed()
    {
        var signs = new[] { Burst("t1", [.. Enumerable.Range(1, 12).Select(i => $"a{i}")]) with { Observed = 80, Score = 20 }, Anomaly("d1", "a1") };
        Assert.Equal(WarningLevel.Red, WarningRating.LevelOf(WarningRating.PartsOf(signs, Urgency.LifeSafety), Settings));
        Assert.Equal(WarningLevel.Blue, WarningRating.LevelOf(WarningRating.PartsOf([Burst("t1", "a1") with { Observed = 3, Score = 3 }], Urgency.Routine), Settings));
    }

    [Fact]
    public void Precision_CountsTrueAmongTrueAndFalse_KnownAndDrillsApart()
    {
        var precision = WarningPrecision.Of([Disposition.True, Disposition.True, Disposition.True, Disposition.False, Disposition.Known, Disposition.Drill, null, null]);
        Assert.Equal(new WarningPrecision(3, 1, 1, 1, 2), precision);
        Assert.Equal(0.75, precision.Precision);
    }

    private static int NumberOf(string area) => int.Parse(area.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset At(double hours) => SmallTown.Morning.AddHours(hours);

    private static WarningSign Burst(string id, params string[] areas) => new(id, SignKind.Topic, "12", "Zone", ["rubbish"], areas, At(0), At(0), null, 6, 0.4, 5, 24);

    private static WarningSign Anomaly(string id, string area) => new(id, SignKind.Sensor, "gauge", "Level", ["parks", "rubbish"], [area], At(2), At(2), null, 1.7, 0.4, 6, null);
}
