using CityBrain.Supervision;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Supervision;

public sealed class RateTableTests
{
    private static readonly RateRules Rules = new(3, 30, 35, 35);

    [Fact]
    [Trait("behaviour", "Supervision: rates are published with numerator and denominator")]
    public void Of_Answers_GivesEachRateWithNumeratorAndDenominator()
    {
        var line = RateTable.Of([Case("a", true, true, true), Case("a", true, true, false), Case("a", true, false, false), Case("a", false, false, false)], RateDimension.Department, Rules).All;
        Assert.Equal([(3, 4, 0.75m), (2, 4, 0.5m), (1, 4, 0.25m)], new[] { line.Response, line.Resolution, line.Satisfaction }.Select(rate => (rate.Numerator, rate.Denominator, rate.Value!.Value)));
        Assert.Equal(48.75m, line.Score);
    }

    [Fact]
    [Trait("behaviour", "Supervision: too few answers give no rate and no rank")]
    public void Of_FewerAnswersThanTheMinimum_HasNoRateAndNoRank()
    {
        var line = Assert.Single(RateTable.Of([Case("a"), Case("a")], RateDimension.Department, Rules).Lines);
        Assert.Equal((2, 2, null, null, null), (line.Answered, line.Response.Numerator, line.Response.Value, line.Score, line.Rank));
    }

    [Fact]
    [Trait("behaviour", "Feedback: no answer after three tries is a bucket of its own")]
    public void Of_Unanswered_AreABucketOfTheirOwn()
    {
        var line = RateTable.Of([Case("a"), Case("a"), Case("a"), Case("a") with { Outcome = FactKind.Unanswered, Contacted = null, Satisfied = null }], RateDimension.Department, Rules).All;
        Assert.Equal((4, 3, 1, 1m), (line.Cases, line.Answered, line.Unanswered, line.Resolution.Value));
    }

    [Fact]
    [Trait("behaviour", "Supervision: exclusions are published by reason")]
    public void Of_Excluded_CountByReasonAndInNoRate()
    {
        var bad = Case("a", false, false, false);
        var line = RateTable.Of(
            [Case("a"), Case("a"), Case("a"), bad with { Excluded = ExclusionReason.BeforeCourt }, bad with { Excluded = ExclusionReason.BeforeCourt }, bad with { ExclusionAsked = true }],
            RateDimension.Department,
            Rules).All;
        Assert.Equal((6, 4, 1, 0.75m), (line.Cases, line.Answered, line.ExclusionsAsked, line.Resolution.Value));
        Assert.Equal(2, Assert.Single(line.Excluded).Value);
    }

    [Fact]
    public void Of_EqualScores_ShareARankAndTheNextIsSkipped()
    {
        var table = RateTable.Of([.. Three("d", false), .. Three("b"), .. Three("c"), .. Three("a", false), Case("few")], RateDimension.Department, Rules);
        Assert.Equal([("b", 1), ("c", 1), ("a", 3), ("d", 3), ("few", null)], table.Lines.Select(line => (line.Id, line.Rank)));
    }

    [Fact]
    public void Within_PartOfTheCity_KeepsTheRankOnlyOfWholeUnits()
    {
        RatedCase[] all = [.. Three("a"), .. Three("b", false), Case("b") with { StreetId = "other" }];
        var whole = RateTable.Of(all, RateDimension.Department, Rules);
        var part = RateTable.Within(RateTable.Of([.. all.Where(one => one.StreetId == "s")], RateDimension.Department, Rules), whole);
        Assert.Equal([("a", 1), ("b", null)], part.Lines.Select(line => (line.Id, line.Rank)));
    }

    [Fact]
    public void Of_AnyCases_PutsEachInExactlyOneBucketOfOneLine()
    {
        var any =
            from unit in Gen.Elements("a", "b", "c")
            from outcome in Gen.Elements(FactKind.Solved, FactKind.Unsolved, FactKind.Unanswered)
            from contacted in Gen.Elements(true, false)
            from excluded in Gen.Elements<ExclusionReason?>(null, null, ExclusionReason.Repeated)
            select Case(unit, contacted) with { Outcome = outcome, Excluded = excluded };
        Laws.Holds(Gen.ListOf(any), cases =>
        {
            var table = RateTable.Of([.. cases], RateDimension.Department, Rules);
            Assert.All(table.Lines.Append(table.All), line => Assert.Equal(line.Cases, line.Answered + line.Unanswered + line.Excluded.Values.Sum()));
            Assert.Equal(cases.Count, table.Lines.Sum(line => line.Cases));
            Assert.All(table.Lines, line => Assert.True(line.Response.Value is null or (>= 0 and <= 1)));
        });
    }

    private static RatedCase[] Three(string unit, bool good = true) => [.. Enumerable.Repeat(Case(unit, good, good, good), 3)];

    private static RatedCase Case(string unit, bool contacted = true, bool solved = true, bool satisfied = true) =>
        new("id", unit, "g", "s", "d", "rubbish", solved ? FactKind.Solved : FactKind.Unsolved, SmallTown.Morning, contacted, satisfied);
}
