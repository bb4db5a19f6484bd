using CityBrain.Cases;
using CityBrain.Triage;

namespace CityBrain.Tests.Triage;

public sealed class TriageRulesTests
{
    [Theory]
    [InlineData("There is Rubbish in the street", "rubbish", "sanitation")]
    [InlineData("楼下堆满垃圾没人管", "rubbish", "sanitation")]
    [InlineData("半夜施工噪音很大", "noise", "street-office-s-west")]
    public void Decide_OneKeyword_IsSure(string text, string category, string lead)
    {
        var triage = Assert.IsType<CompleteTriage>(TriageRules.Decide(SmallTown.Draft(text: text), SmallTown.City)).Result;
        Assert.Equal((category, "g-west-1", lead), (triage.CategoryCode, triage.AreaId, triage.LeadDepartment));
    }

    [Fact]
    [Trait("behaviour", "Triage: a tie of two departments asks a person")]
    public void Decide_WordsOfTwoDepartments_AsksAPerson()
    {
        var review = Assert.IsType<AskReview>(TriageRules.Decide(SmallTown.Draft(text: "rubbish and noise"), SmallTown.City));
        Assert.Contains("rubbish", review.Unsure, StringComparison.Ordinal);
        Assert.Contains("noise", review.Unsure, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_WordsOfTwoItemsOfOneDepartment_IsSure() =>
        Assert.IsType<CompleteTriage>(TriageRules.Decide(SmallTown.Draft(text: "noise and a licence"), SmallTown.City));

    [Fact]
    public void Decide_NoKeyword_AsksAPersonWithOtherAsTheGuess() =>
        Assert.Equal("other", Assert.IsType<AskReview>(TriageRules.Decide(SmallTown.Draft(text: "hm"), SmallTown.City)).Guess.CategoryCode);

    [Theory]
    [InlineData(5, 5)]
    [InlineData(-0.01, 0.05)]
    public void Decide_OutsideTheCity_AsksAPerson(double latitude, double longitude)
    {
        var review = Assert.IsType<AskReview>(TriageRules.Decide(SmallTown.Draft(at: new(latitude, longitude)), SmallTown.City));
        Assert.Contains("outside", review.Unsure, StringComparison.Ordinal);
        Assert.Equal("town", review.Guess.AreaId);
    }

    [Fact]
    public void Decide_NoPlaceAndACityDepartment_IsSure() =>
        Assert.IsType<CompleteTriage>(TriageRules.Decide(SmallTown.Draft() with { Point = null }, SmallTown.City));

    [Fact]
    public void Decide_NoPlaceAndAnOfficeOfTheArea_AsksAPersonForThePlace() =>
        Assert.Contains("place", Assert.IsType<AskReview>(TriageRules.Decide(SmallTown.Draft(text: "noise") with { Point = null }, SmallTown.City)).Unsure, StringComparison.Ordinal);

    [Fact]
    public void Decide_SensorCase_TakesTheItemOfItsRule()
    {
        var triage = Assert.IsType<CompleteTriage>(TriageRules.Decide(Sensor("gauge-1/high/20240918T020000Z"), SmallTown.City)).Result;
        Assert.Equal(("water", "waterworks"), (triage.CategoryCode, triage.LeadDepartment));
    }

    [Theory]
    [InlineData("gauge-1/gone/20240918T020000Z")]
    [InlineData("gauge-9/high/20240918T020000Z")]
    [InlineData("gauge-1")]
    public void Decide_SensorRuleThatIsNoMore_FallsBackToTheWords(string sourceId) =>
        Assert.Equal("rubbish", Assert.IsType<CompleteTriage>(TriageRules.Decide(Sensor(sourceId), SmallTown.City)).Result.CategoryCode);

    [Fact]
    public void Decide_Twice_IsTheSame() =>
        Assert.Equal(TriageRules.Decide(SmallTown.Draft(text: "rubbish and noise"), SmallTown.City).Summary, TriageRules.Decide(SmallTown.Draft(text: "rubbish and noise"), SmallTown.City).Summary);

    private static Case Sensor(string sourceId) => SmallTown.Draft() with { Origin = new CaseOrigin(OriginKind.Sensor, "sensor", sourceId) };
}
