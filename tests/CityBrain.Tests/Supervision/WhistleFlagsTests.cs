using CityBrain.Cases;
using CityBrain.Supervision;
using CityBrain.Tests.Notifications;

namespace CityBrain.Tests.Supervision;

public sealed class WhistleFlagsTests
{
    private static readonly SupervisionOptions Options = new() { MinimumAnswers = 10 };

    [Theory]
    [Trait("behaviour", "Whistle: blowing too often and never blowing are both watched")]
    [InlineData(3, 10, false)]
    [InlineData(5, 10, false)]
    [InlineData(6, 10, true)]
    [InlineData(6, 9, false)]
    public void Of_DepartmentThatBlowsThreeTimesAsOftenAsTheOthers_IsAStorm(int blown, int total, bool flagged)
    {
        // The others whistle in one case of five.
        var flag = Find(FlagKind.WhistleStorm, "parks", [.. Some("parks", blown, total), .. Some("sanitation", 4, 20)]);
        Assert.Equal(flagged, flag is not null);
        Assert.True(flag is null or { Count: 6, Total: 10, Share: 0.6m, Threshold: 0.6m, Baseline: 0.2m, Cases.Count: 6 });
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Of_NobodyElseBlows_IsAStormOnlyFromTheLeastShare(int blown, bool flagged) =>
        Assert.Equal(flagged, Find(FlagKind.WhistleStorm, "parks", [.. Some("parks", blown, 10), .. Some("sanitation", 0, 20)]) is not null);

    [Theory]
    [Trait("behaviour", "Whistle: blowing too often and never blowing are both watched")]
    [InlineData(0, 15, true)]
    [InlineData(1, 15, true)]
    [InlineData(2, 15, false)]
    [InlineData(0, 14, false)]
    public void Of_DepartmentThatDoesNotBlowWhereOthersWouldThreeTimes_IsASilence(int blown, int total, bool flagged)
    {
        var flag = Find(FlagKind.WhistleSilence, "parks", [.. Some("parks", blown, total), .. Some("sanitation", 4, 20)]);
        Assert.Equal(flagged, flag is not null);
        Assert.True(flag is null or { Total: 15, Threshold: 0.0667m, Baseline: 0.2m, Cases.Count: 0 });
    }

    [Fact]
    public void Of_TooFewOthers_NothingIsFlagged() => Assert.Empty(Flags([.. Some("parks", 10, 10), .. Some("sanitation", 0, 9)]));

    [Fact]
    public void Of_StreetThatBlowsFarMore_IsFlaggedAsAStreetToThoseWhoSeeAllOfIt()
    {
        CaseFact[] month = [.. Some("parks", 6, 10).Select(fact => fact with { StreetId = "s-west" }), .. Some("parks", 0, 20)];
        var flag = Assert.Single(Flags(month));
        Assert.Equal((FlagKind.WhistleStorm, null, "s-west", 6), (flag.Kind, flag.Department, flag.StreetId, flag.Count));
        Assert.Empty(Flags(month, fact => fact.CaseId != month[0].CaseId));
    }

    [Fact]
    public void Of_DepartmentSeesItsOwnFlagMeasuredByAllOthers()
    {
        CaseFact[] month = [.. Some("parks", 10, 10), .. Some("sanitation", 0, 20)];
        Assert.Equal("parks", Assert.Single(Flags(month, fact => fact.Department == "parks")).Department);
        Assert.Empty(Flags(month, fact => fact.Department == "water"));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Of_PartyThatDoesNotCome_IsFlaggedFromTheThresholdAndSeesIt(int absences, bool flagged)
    {
        var month = Some("parks", 10, 10).Select((fact, i) => i < absences ? fact with { Steps = [.. fact.Steps, Step(FactKind.PartyAbsent, 9, "volunteers")] } : fact).ToArray();
        foreach (var flag in new[] { Find(FlagKind.AbsentParty, "volunteers", month), Flags(month, fact => fact.Department == "volunteers").SingleOrDefault() })
        {
            Assert.Equal(flagged, flag is not null);
            Assert.True(flag is null or { Kind: FlagKind.AbsentParty, Count: 3, Total: 10, Share: 0.3m });
        }
    }

    [Fact]
    public void Of_WhistleSteps_AreFactsWithTheirParties()
    {
        var blown = Entries.Of(CaseAction.Whistle, CaseState.Handling) with { Whistle = new(1, ["parks", "dot"]) };
        var step = Assert.Single(CaseFact.Of(blown)!.Steps);
        Assert.Equal(FactKind.Whistled, step.Kind);
        Assert.Equal(["parks", "dot"], step.Parties!);
        var reminded = Entries.Of(CaseAction.RemindWhistle, CaseState.Handling);
        Assert.Equal(FactKind.PartyAbsent, CaseFact.Of(reminded with { Whistle = new(1, ["dot"], new(ClockKind.ReportIn, 100, Entries.Noon)) })!.Steps[0].Kind);
        Assert.Null(CaseFact.Of(reminded with { Whistle = new(1, ["dot"], new(ClockKind.ReportIn, 80, Entries.Noon)) }));
        Assert.Null(CaseFact.Of(reminded with { Whistle = new(1, ["dot"], new(ClockKind.Sign, 100, Entries.Noon)) }));
    }

    private static GamingFlag? Find(FlagKind kind, string department, CaseFact[] month) => Flags(month).SingleOrDefault(flag => flag.Kind == kind && flag.Department == department);

    private static IReadOnlyList<GamingFlag> Flags(CaseFact[] month, Func<CaseFact, bool>? isPart = null) => new FlagFacts(month, [], Options).Of(isPart ?? (_ => true));

    private static CaseFact[] Some(string department, int blown, int total) =>
        [.. Enumerable.Range(0, total).Select(i => new CaseFact($"{department}-{i}", OriginKind.Appeal, SmallTown.Morning, department, "g", null, "d", "rubbish", [i < blown ? Step(FactKind.Whistled, 4, "volunteers") : Step(FactKind.Solved, 4)]))];

    private static FactStep Step(FactKind kind, int version, string? party = null) => new(version, SmallTown.Morning, kind, CaseState.Handling, Parties: party is null ? null : [party]);
}
