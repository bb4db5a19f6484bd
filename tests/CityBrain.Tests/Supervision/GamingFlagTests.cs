using CityBrain.Cases;
using CityBrain.Supervision;

namespace CityBrain.Tests.Supervision;

public sealed class GamingFlagTests
{
    private static readonly SupervisionOptions Options = new() { MinimumAnswers = 10 };

    [Theory]
    [Trait("behaviour", "Supervision: signs of gaming are flagged")]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void Of_RepliesThatTheReporterCallsUnsolved_AreFlaggedFromTheThreshold(int unsolved, bool flagged)
    {
        var flag = Find(FlagKind.ClosedUnsolved, [.. Many(unsolved, Step(FactKind.Unsolved)), .. Many(10 - unsolved, Step(FactKind.Solved))]);
        Assert.Equal(flagged, flag is not null);
        Assert.True(flag is null or { Count: 3, Total: 10, Threshold: 0.3m, Cases.Count: 3 });
    }

    [Fact]
    public void Of_UnsolvedAfterClosing_CountsEvenIfSolvedAgainLater()
    {
        CaseFact[] again = [.. Many(10, Step(FactKind.Solved, 5)).Select(fact => fact with { Steps = [Step(FactKind.Unsolved, 4), .. fact.Steps] })];
        Assert.Equal(1, Find(FlagKind.ClosedUnsolved, again)!.Share);
    }

    [Fact]
    public void Of_FewCases_AreNotFlagged() => Assert.Null(Find(FlagKind.ClosedUnsolved, Many(9, Step(FactKind.Unsolved))));

    [Fact]
    [Trait("behaviour", "Supervision: signs of gaming are flagged")]
    public void Of_RepliesWithoutContact_AreFlagged() => Assert.Equal(4, Find(FlagKind.NoContact, [.. Many(4, Step(FactKind.Solved) with { Contacted = false }), .. Many(6, Step(FactKind.Solved))])!.Count);

    [Theory]
    [InlineData(0, true)]
    [InlineData(60, true)]
    [InlineData(61, false)]
    [InlineData(-1, false)]
    public void Of_RepliesInTheLastHour_AreFlagged(int minutesLeft, bool flagged) =>
        Assert.Equal(flagged, Find(FlagKind.LastHour, Many(10, Step(FactKind.Solved) with { RepliedAt = SmallTown.Morning, ResolveDue = SmallTown.Morning.AddMinutes(minutesLeft) })) is not null);

    [Theory]
    [Trait("behaviour", "Supervision: signs of gaming are flagged")]
    [InlineData(2, 3, false)]
    [InlineData(2, 4, true)]
    [InlineData(0, 1, true)]
    public void Of_SuspensionsBeyondItsOwnHabit_AreFlagged(int before, int now, bool flagged)
    {
        CaseFact[] Month(int paused) => [.. Many(paused, Step(FactKind.Suspended)), .. Many(10 - paused, Step(FactKind.Solved))];
        var flag = Find(FlagKind.MassSuspension, Month(now), Month(before));
        Assert.Equal(flagged, flag is not null);
        Assert.Equal(flagged ? before / 10m : null, flag?.Baseline);
    }

    [Fact]
    public void Of_SuspensionsWithoutAHabit_AreNotFlagged() => Assert.Null(Find(FlagKind.MassSuspension, Many(20, Step(FactKind.Suspended))));

    private static GamingFlag? Find(FlagKind kind, CaseFact[] month, CaseFact[]? before = null) => GamingFlag.Of(month, before ?? [], Options).SingleOrDefault(flag => flag.Kind == kind);

    private static CaseFact[] Many(int count, FactStep step) =>
        [.. Enumerable.Range(0, count).Select(i => new CaseFact($"{step.Kind}-{i}", OriginKind.Appeal, SmallTown.Morning, "parks", "g", "s", "d", "rubbish", [step]))];

    private static FactStep Step(FactKind kind, int version = 4) => new(version, SmallTown.Morning, kind, CaseState.Verified, null, true, true);
}
