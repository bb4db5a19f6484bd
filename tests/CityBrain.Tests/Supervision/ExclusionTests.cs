using CityBrain.Supervision;

namespace CityBrain.Tests.Supervision;

public sealed class ExclusionTests
{
    private static readonly Exclusion Asked = new("id", new(2024, 9), ExclusionReason.BeforeCourt, "file 7", "ann", SmallTown.Morning, []);

    [Fact]
    [Trait("behaviour", "Supervision: exclusions are reviewed by another and can be appealed")]
    public void Reviewed_ByWhoeverAsked_IsRefused() => Assert.Contains("another duty officer", Asked.Reviewed(true, "ok", "ann", SmallTown.Morning).Problem, StringComparison.Ordinal);

    [Fact]
    public void Reviewed_ByASecondOfficer_IsInForceOnlyWhenGranted()
    {
        Assert.True(Granted.IsInForce);
        Assert.False(Asked.IsInForce);
        Assert.False(Asked.Reviewed(false, "no", "bob", SmallTown.Morning).Next!.IsInForce);
    }

    [Fact]
    public void Reviewed_SameAgain_ChangesNothing() => Assert.Same(Granted, Granted.Reviewed(true, "ok", "bob", SmallTown.Morning.AddDays(1)).Next);

    [Fact]
    public void Reviewed_AlreadyDecided_NeedsAnAppeal() => Assert.NotNull(Granted.Reviewed(false, "no", "cat", SmallTown.Morning).Problem);

    [Fact]
    [Trait("behaviour", "Supervision: exclusions are reviewed by another and can be appealed")]
    public void Appealed_Decision_HoldsUntilAThirdOfficerDecides()
    {
        var appealed = Granted.Appealed("it is ours", "sanitation", SmallTown.Morning).Next!;
        Assert.Equal((ExclusionStanding.Appealed, true), (appealed.Standing, appealed.IsInForce));
        Assert.NotNull(appealed.Reviewed(false, "no", "bob", SmallTown.Morning).Problem);
        var decided = appealed.Reviewed(false, "no", "cat", SmallTown.Morning).Next!;
        Assert.Equal((ExclusionStanding.Refused, false, 3), (decided.Standing, decided.IsInForce, decided.Steps.Count));
    }

    [Fact]
    public void Appealed_BeforeADecision_IsRefused() => Assert.NotNull(Asked.Appealed("why", "sanitation", SmallTown.Morning).Problem);

    [Fact]
    public void Stored_Exclusion_ReadsBackAsItWas() => Assert.Equal(Granted.Steps, CityJson.Read<Exclusion>(CityJson.Write(Granted)).Steps);

    private static readonly Exclusion Granted = Asked.Reviewed(true, "ok", "bob", SmallTown.Morning).Next!;
}
