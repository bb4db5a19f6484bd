using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Triage;

namespace CityBrain.Tests.Triage;

public sealed class LifeRiskTests
{
    [Theory]
    [Trait("behaviour", "Emergency: a threat to life goes to 110, 119 or 120")]
    [InlineData("the house is on fire, rubbish burns")]
    [InlineData("楼下着火了")]
    public void Decide_LifeAtRisk_RefersAtOnceWithTheWords(string text)
    {
        var refer = Assert.IsType<Refer>(TriageRules.Decide(SmallTown.Draft(text: text), SmallTown.City));
        Assert.Equal("119", refer.To);
        Assert.Contains("life at risk", refer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_LifeMayBeAtRisk_AsksAPersonWhomToCall()
    {
        var review = Assert.IsType<AskReview>(TriageRules.Decide(SmallTown.Draft(text: "rubbish and a fire"), SmallTown.City));
        Assert.Equal(Urgency.LifeSafety, review.Guess.Urgency);
        Assert.Contains("119", review.Unsure, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_HarmlessPhraseWithARiskyWord_IsNoRisk() =>
        Assert.Equal(Urgency.Routine, Assert.IsType<CompleteTriage>(TriageRules.Decide(SmallTown.Draft(text: "rubbish around the fire hydrant"), SmallTown.City)).Result.Urgency);

    [Fact]
    public void Decide_LongLetterThatTellsOfAFire_GoesToAPerson() =>
        Assert.IsType<AskReview>(TriageRules.Decide(SmallTown.Draft(text: "rubbish: the house is on fire, we said last year. " + string.Join(' ', Enumerable.Repeat("and nobody answered", 15))), SmallTown.City));

    [Fact]
    public void Decide_HarmlessPhraseAndAFire_IsARisk() =>
        Assert.IsType<Refer>(TriageRules.Decide(SmallTown.Draft(text: "the shed by the fire hydrant is on fire"), SmallTown.City));
}
