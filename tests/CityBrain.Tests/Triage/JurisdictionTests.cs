using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Triage;

namespace CityBrain.Tests.Triage;

public sealed class JurisdictionTests
{
    private const double TenMetresInDegrees = 10 / 111_195.0;

    [Fact]
    [Trait("behaviour", "Triage: jurisdiction is a chain from grid to city")]
    public void Of_PointInside_IsTheGrid() =>
        Assert.Equal(new Jurisdiction("g-west-1", null, null), Of(SmallTown.Draft(), AreaLevel.Street));

    [Theory]
    [Trait("behaviour", "Triage: near a boundary of two offices a person is asked")]
    [InlineData(0.5, true)]
    [InlineData(1.5, false)]
    public void Of_PointNearTheBoundaryOfTwoOffices_StaysOpenForAPerson(double tenMetres, bool open)
    {
        var place = Of(SmallTown.Draft(at: new(0.05, 0.1 - (tenMetres * TenMetresInDegrees))), AreaLevel.Street);
        Assert.Equal("g-west-1", place.AreaId);
        Assert.Equal(open, place.Unsure?.Contains("boundary", StringComparison.Ordinal) is true);
    }

    [Fact]
    public void Of_PointNearABoundaryThatDividesNoOffices_IsSure() =>
        Assert.Null(Of(SmallTown.Draft(at: new(0.05, 0.1)), null).Unsure);

    [Theory]
    [InlineData("rubbish at West Market", "c-west")]
    [InlineData("东市场的垃圾", "c-east")]
    [InlineData("rubbish in s-east", "s-east")]
    public void Of_OnePlaceNamed_IsThere(string text, string area)
    {
        var place = Of(SmallTown.Draft(text: text) with { Point = null }, AreaLevel.Street);
        Assert.Equal((area, null), (place.AreaId, place.Unsure));
    }

    [Fact]
    public void Of_PlaceNamedInTheAddress_IsThere() =>
        Assert.Equal("c-west", Of(SmallTown.Draft() with { Point = null, Address = "3 West Market" }, AreaLevel.Street).AreaId);

    [Fact]
    [Trait("behaviour", "Language service: language and places are found in redacted words, and triage and early warning use them")]
    public void Of_PlaceNamedByTheLanguageServiceAlone_IsThere()
    {
        var filed = SmallTown.Draft(text: "rubbish at W. Mkt") with { Point = null };
        Assert.Equal("town", Of(filed, null).AreaId);
        Assert.Equal(new Jurisdiction("c-west", null, "words name c-west"), Of(filed with { NamedPlaces = ["Brook Bend", "West Market"] }, AreaLevel.Street));
    }

    [Fact]
    public void Of_PointAndAPlaceNamedElsewhere_IsThePoint() =>
        Assert.Equal("g-west-1", Of(SmallTown.Draft() with { NamedPlaces = ["East Market"] }, AreaLevel.Street).AreaId);

    [Fact]
    public void Of_PlaceAndTheDistrictAroundIt_IsThePlace() =>
        Assert.Equal("c-west", Of(SmallTown.Draft(text: "west market in d-west") with { Point = null }, AreaLevel.Street).AreaId);

    [Fact]
    public void Of_SeveralPlacesNamed_StaysOpenForAPersonIfOfficesDiffer()
    {
        var filed = SmallTown.Draft(text: "between west market and east market") with { Point = null };
        Assert.Contains("several", Of(filed, AreaLevel.Street).Unsure, StringComparison.Ordinal);
        Assert.Equal(("town", null), (Of(filed, null).AreaId, Of(filed, null).Unsure));
    }

    [Fact]
    public void Of_DistrictNamedWhereStreetsHaveOffices_StaysOpenForAPerson() =>
        Assert.Contains("alone", Of(SmallTown.Draft(text: "noise in d-west") with { Point = null }, AreaLevel.Street).Unsure, StringComparison.Ordinal);

    [Fact]
    public void Of_NoPlaceAtAll_IsTheCity() =>
        Assert.Equal(new Jurisdiction("town", null, null), Of(SmallTown.Draft() with { Point = null }, null));

    private static Jurisdiction Of(Case filed, AreaLevel? officeLevel) => Jurisdiction.Of(filed, officeLevel, SmallTown.City);
}
