using CityBrain.Cases;
using CityBrain.Supervision;

namespace CityBrain.Tests.Supervision;

public sealed class RecurrenceTests
{
    private static readonly DateTimeOffset Now = SmallTown.Morning;

    [Fact]
    [Trait("behaviour", "Beyond the public systems: recurrent problems are found and registered")]
    public void Find_EnoughCasesOfOneCategoryInOneStreet_IsAProblem()
    {
        var facts = Enumerable.Range(1, 5).Select(i => Fact($"c{i}", i)).Append(Fact("c5", 5)).ToList();
        var problem = Assert.Single(Recurrence.Find(facts, Now, 5));
        Assert.Equal(("rubbish", "s-west", "sanitation", 5), (problem.CategoryCode, problem.StreetId, problem.Department, problem.Count));
        Assert.Empty(Recurrence.Find(facts, Now, 6));
    }

    [Fact]
    public void Find_CasesOfOtherStreetsOldOnesAndTheRest_DoNotCount() => Assert.Empty(Recurrence.Find(
        [Fact("a", 1), Fact("b", 90), Fact("c", 2, street: "s-east"), Fact("d", 2, category: "noise"), .. Enumerable.Range(0, 9).Select(i => Fact($"o{i}", 1, category: "other"))],
        Now,
        2));

    [Theory]
    [Trait("behaviour", "Beyond the public systems: what was done about them is tested after 30 and 90 days")]
    [InlineData(30, 29, new double[0], RecurrenceVerdict.Pending)]
    [InlineData(30, 30, new double[0], RecurrenceVerdict.Passed)]
    [InlineData(30, 30, new[] { 5.0 }, RecurrenceVerdict.Passed)]
    [InlineData(30, 6, new[] { 5.0, 6.0 }, RecurrenceVerdict.Failed)]
    [InlineData(30, 40, new[] { 5.0, 31.0 }, RecurrenceVerdict.Passed)]
    [InlineData(30, 40, new[] { -1.0, 5.0 }, RecurrenceVerdict.Passed)]
    [InlineData(90, 89, new[] { 1.0, 2, 3, 4 }, RecurrenceVerdict.Pending)]
    [InlineData(90, 90, new[] { 1.0, 2, 3, 4 }, RecurrenceVerdict.Passed)]
    [InlineData(90, 50, new[] { 1.0, 2, 3, 4, 5 }, RecurrenceVerdict.Failed)]
    public void Test_CasesAfterTheMeasures_PassesFailsOrPends(int days, double daysLater, double[] filed, RecurrenceVerdict verdict) =>
        Assert.Equal(verdict, Recurrence.Test(Now, filed.Select(day => Now.AddDays(day)), Now.AddDays(daysLater), days, 5).Verdict);

    private static CaseFact Fact(string id, int daysAgo, string street = "s-west", string category = "rubbish") => new(
        id, OriginKind.Appeal, Now.AddDays(-daysAgo), "sanitation", street, street, "d-west", category, [new FactStep(4, Now, FactKind.Solved, CaseState.Verified)]);
}
