using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Triage;

namespace CityBrain.Tests.Triage;

public sealed class DuplicateRulesTests
{
    private const double MetreInDegrees = 1 / 111_195.0;
    private static readonly CatalogueItem Rubbish = SmallTown.City.Catalogue.Find("rubbish")!;
    private static readonly Case Old = Known("old", "rubbish piled up at the corner for days") with { FiledAt = SmallTown.Morning.AddDays(-1) };

    [Theory]
    [InlineData("a", 200, "other words about rubbish", MergeKind.SamePerson)]
    [InlineData("a", 300, "rubbish piled up at the corner for days", null)]
    [InlineData("b", 40, "rubbish piled up at the corner for weeks", MergeKind.SameMatter)]
    [InlineData("b", 60, "rubbish piled up at the corner for weeks", null)]
    [InlineData("b", 10, "my neighbour throws rubbish from his window", null)]
    public void Decide_PersonPlaceAndWords_DecideTogether(string person, double metres, string text, MergeKind? kind)
    {
        var (join, _) = Decide(Known("new", text, person, metres), Old);
        Assert.Equal(kind, join?.Kind);
        Assert.Equal(kind is null ? null : Old.Id, join?.Into);
    }

    [Fact]
    public void Decide_NearButWordsDiffer_IsShownAsSimilar() =>
        Assert.Equal([Old.Id], Decide(Known("new", "my neighbour throws rubbish from his window", "b", 10), Old).Similar);

    [Theory]
    [InlineData("rubbish piled up at the corner for days!", true)]
    [InlineData("rubbish piled up at the corner", false)]
    public void Decide_NoPlace_NeedsTheSameWords(string text, bool joins) =>
        Assert.Equal(joins, Decide(Known("new", text, "b") with { Point = null }, Old with { Point = null }).Join is not null);

    [Theory]
    [InlineData("3400 Garrison Blvd", "3400 GARRISON BLVD", true)]
    [InlineData("3400 Garrison Blvd", "3016 Thorndale Ave", false)]
    [InlineData("3400 Garrison Blvd", null, true)]
    public void Decide_SameWordsWithoutCoordinates_NeedsTheSameAddress(string address, string? other, bool joins) =>
        Assert.Equal(joins, Decide(Known("new", Old.Text, "b") with { Point = null, Address = address }, Old with { Point = null, Address = other }).Join is not null);

    [Fact]
    public void Decide_OtherCategory_IsAnotherMatter() =>
        Assert.Null(Decide(Known("new", Old.Text, "a"), Old with { Triage = Lives.Rubbish with { CategoryCode = "noise" } }).Join);

    [Fact]
    public void Decide_OlderThanTheWindow_IsAnotherMatter() =>
        Assert.Null(Decide(Known("new", Old.Text, "a"), Old with { FiledAt = SmallTown.Morning - TimeSpan.FromDays(Rubbish.WindowDays) - TimeSpan.FromTicks(1) }).Join);

    [Theory]
    [Trait("behaviour", "Merging: radius and window are those of the category")]
    [InlineData(100, 80, 21, 1, true)]
    [InlineData(10, 20, 21, 1, false)]
    [InlineData(50, 10, 60, 50, true)]
    [InlineData(50, 10, 2, 3, false)]
    public void Decide_RadiusAndWindow_AreThoseOfTheCategory(double radius, double metres, int window, int days, bool joins)
    {
        var item = Rubbish with { RadiusMetres = radius, WindowDays = window };
        Assert.Equal(joins, Decide(Known("new", Old.Text, "b", metres), item, Old with { FiledAt = SmallTown.Morning.AddDays(-days) }).Join is not null);
    }

    [Fact]
    public void Decide_SamePersonWhereTheRadiusIsLarge_IsAtLeastAsNear() =>
        Assert.NotNull(Decide(Known("new", "other words about rubbish", "a", 400), Rubbish with { RadiusMetres = 450 }, Old).Join);

    [Fact]
    public void Decide_TwoAtTheSameMoment_OnlyOneBecomesTheMaster()
    {
        var (one, other) = (Known("1", Old.Text, "a"), Known("2", Old.Text, "b"));
        Assert.Single(new[] { Decide(one, other).Join, Decide(other, one).Join }, join => join is not null);
    }

    [Fact]
    public void Decide_SeveralMasters_TakesTheOldest()
    {
        var older = Known("older", Old.Text, "c") with { FiledAt = Old.FiledAt.AddDays(-1) };
        Assert.Equal(older.Id, Decide(Known("new", Old.Text, "b"), Old, older).Join!.Into);
    }

    [Fact]
    [Trait("behaviour", "Merging: people are never merged")]
    public void Decide_TwoWhomNobodyKnows_AreNotOnePerson()
    {
        Case Unnamed(Case known) => known with { Origin = known.Origin with { ReporterKey = null } };
        Assert.Equal(MergeKind.SameMatter, Decide(Unnamed(Known("new", Old.Text)), Unnamed(Old)).Join!.Kind);
        Assert.Null(Decide(Unnamed(Known("new", "other words about rubbish", metresNorth: 100)), Unnamed(Old)).Join);
    }

    [Fact]
    public void Decide_SensorCase_IsNeverJoined() =>
        Assert.Null(Decide(Known("new", Old.Text, "a") with { Origin = new CaseOrigin(OriginKind.Sensor, "sensor", "x") }, Old).Join);

    private static (JoinMaster? Join, IReadOnlyList<string> Similar) Decide(Case filed, params Case[] others) => Decide(filed, Rubbish, others);

    private static (JoinMaster? Join, IReadOnlyList<string> Similar) Decide(Case filed, CatalogueItem item, params Case[] others) => DuplicateRules.Decide(filed, Lives.Rubbish, item, others);

    private static Case Known(string sourceId, string text, string person = "a", double metresNorth = 0)
    {
        var draft = SmallTown.Draft(sourceId, text, new GeoPoint(0.05 + (metresNorth * MetreInDegrees), 0.05));
        return draft with { Triage = Lives.Rubbish, Origin = draft.Origin with { ReporterKey = person } };
    }
}
