using CityBrain.Cases;
using CityBrain.Triage;

namespace CityBrain.Tests.Triage;

public sealed class TriageCommandsTests
{
    [Theory]
    [InlineData("nothing", null, null, "categoryCode")]
    [InlineData(null, "nowhere", null, "areaId")]
    [InlineData(null, null, "nobody", "leadDepartment")]
    public void ConfirmTriage_UnknownName_SaysWhich(string? category, string? area, string? lead, string expected) =>
        Assert.Contains(expected, Lives.In(CaseState.TriageReview).RefusalOf(new ConfirmTriage(category, area, lead)), StringComparison.Ordinal);

    [Fact]
    public void ConfirmTriage_NothingGiven_KeepsTheGuessAndNamesThePerson()
    {
        var triage = Lives.In(CaseState.TriageReview).After(new ConfirmTriage()).Triage!;
        Assert.Equal(("rubbish", "g-west-1", "sanitation", "person:officer"), (triage.CategoryCode, triage.AreaId, triage.LeadDepartment, triage.DecidedBy));
    }

    [Fact]
    [Trait("behaviour", "Triage: an override keeps the guess and becomes a training label")]
    public void ConfirmTriage_Override_KeepsWhatTheModelHadGuessed()
    {
        var guess = Lives.Rubbish with { Candidates = [new("rubbish", 0.5), new("water", 0.3), new("noise", 0.2)], ModelVersion = "m1", Similar = ["x"] };
        var corrected = SmallTown.Draft().After(new AskReview(guess, "unsure")).After(new ConfirmTriage("water")).Triage!;
        Assert.Equal(("water", "person:officer", "m1"), (corrected.CategoryCode, corrected.DecidedBy, corrected.ModelVersion));
        Assert.Equal(guess.Candidates, corrected.Candidates);
    }

    [Fact]
    public void ConfirmTriage_OtherCategoryAndArea_FindsTheOfficeOfTheArea()
    {
        var triage = Lives.In(CaseState.TriageReview).After(new ConfirmTriage("noise", "g-east-2")).Triage!;
        Assert.Equal(("noise", "street-office-s-east"), (triage.CategoryCode, triage.LeadDepartment));
    }

    [Fact]
    public void Merge_ArgumentThatIsNoOtherCase_IsRefused()
    {
        var filed = SmallTown.Draft();
        Assert.Contains("itself", filed.RefusalOf(new Merge(filed.Id)), StringComparison.Ordinal);
        Assert.NotEmpty(filed.RefusalOf(new Merge("'; drop")));
        Assert.NotEmpty(filed.RefusalOf(new Merge(null!)));
    }

    [Fact]
    public void ReferAndWithdraw_NothingGiven_AreRefused()
    {
        Assert.NotEmpty(SmallTown.Draft().RefusalOf(new Refer("", "why")));
        Assert.NotEmpty(SmallTown.Draft().RefusalOf(new Refer("120", null!)));
        Assert.NotEmpty(SmallTown.Draft().RefusalOf(new Withdraw(" ")));
    }
}
