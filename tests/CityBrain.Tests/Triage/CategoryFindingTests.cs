using CityBrain.Triage;

namespace CityBrain.Tests.Triage;

public sealed class CategoryFindingTests
{
    [Theory]
    [Trait("behaviour", "Triage: an unsure model asks a person")]
    [InlineData(0.7, "water", null)]
    [InlineData(0.69, "other", "unsure")]
    public void Of_NoKeyword_TheModelDecidesIfItIsSure(double probability, string category, string? unsure)
    {
        var found = Of("it pours out of the drain", new CategoryCandidate("water", probability));
        Assert.Equal(category, found.Item.Code);
        Assert.Equal(unsure is null, found.Unsure is null);
        Assert.Equal("water", found.Candidates[0].Code);
    }

    [Theory]
    [InlineData("noise", 0.8, "noise", true)]
    [InlineData("water", 0.8, "rubbish", false)]
    [InlineData("noise", 0.6, "rubbish", false)]
    public void Of_TieBetweenDepartments_TheModelDecidesAmongThem(string says, double probability, string category, bool sure)
    {
        var found = Of("rubbish and noise", new CategoryCandidate(says, probability));
        Assert.Equal((category, sure), (found.Item.Code, found.Unsure is null));
    }

    [Theory]
    [InlineData("water", 0.95, true)]
    [InlineData("water", 0.85, false)]
    [InlineData("rubbish", 0.99, false)]
    public void Of_ModelContradictsTheWords_AsksAPersonIfItIsVerySure(string says, double probability, bool asks) =>
        Assert.Equal(asks, Of("rubbish", new CategoryCandidate(says, probability)).Unsure is not null);

    [Fact]
    public void Of_ModelNamesAnItemThatIsNoMore_TakesTheNext() =>
        Assert.Equal("water", Of("it pours", new("gone", 0.1), new("water", 0.8)).Item.Code);

    [Fact]
    [Trait("behaviour", "Triage: the likeliest three are recorded with probability and model")]
    public void Of_ModelDecides_SaysWhichModelAndWhichWords()
    {
        var found = Of("it pours", new CategoryCandidate("water", 0.8));
        Assert.Equal(("model:m1", "words: pours"), (found.DecidedBy, found.Why));
    }

    [Fact]
    public void Of_NoModel_HasTheSharesOfTheWords() =>
        Assert.Equal([("rubbish", 0.5), ("noise", 0.5)], CategoryFinding.Of(SmallTown.Draft(text: "rubbish and noise"), SmallTown.City, null).Candidates.Select(candidate => (candidate.Code, candidate.Probability)));

    private static CategoryFinding Of(string text, params CategoryCandidate[] top) => CategoryFinding.Of(SmallTown.Draft(text: text), SmallTown.City, new Oracle(top));

    private sealed class Oracle(CategoryCandidate[] top) : ICategoryModel
    {
        public string Version => "m1";

        public CategoryGuess? Guess(string title, string text) => new(top, ["pours"]);
    }
}
