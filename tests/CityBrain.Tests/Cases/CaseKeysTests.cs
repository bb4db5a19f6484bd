using CityBrain.Cases;

namespace CityBrain.Tests.Cases;

public sealed class CaseKeysTests
{
    [Fact]
    public void CaseId_SamePair_IsTheSameInEveryRelease() =>
        Assert.Equal(CaseKeys.CaseId("hotline", "2024-17"), CaseKeys.CaseId("hotline", "2024-17"));

    [Fact]
    public void CaseId_BoundaryBetweenChannelAndSource_Counts() =>
        Assert.NotEqual(CaseKeys.CaseId("app", "1x"), CaseKeys.CaseId("app1", "x"));

    [Fact]
    public void CaseId_ManyPairs_AreDistinctAndSpreadOverTheShards()
    {
        var ids = Enumerable.Range(0, 6400).Select(i => CaseKeys.CaseId("hotline", $"{i}")).ToList();
        Assert.Distinct(ids);
        Assert.All(ids, id => Assert.True(CaseKeys.IsCaseId(id)));
        var shards = ids.CountBy(CaseKeys.Partition).ToList();
        Assert.Equal(CaseKeys.Shards, shards.Count);

        // Four hundred each on average: outside 280 to 520 the odds are below one in a million.
        Assert.All(shards, shard => Assert.InRange(shard.Value, 280, 520));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123456789")]
    [InlineData("0123456789ABCDEFGHJK")]
    [InlineData("0123456789abcdefghi0")]
    [InlineData("0123456789abcdefgh/0")]
    [InlineData("0123456789abcdefghjk0")]
    public void IsCaseId_OtherText_IsNot(string text) => Assert.False(CaseKeys.IsCaseId(text));

    [Fact]
    public void OutboxRow_OfAnyCase_LiesBetweenTheBoundsAndSortsByVersion()
    {
        var (ninth, tenth) = (CaseKeys.OutboxRow(CaseKeys.CaseId("a", "1"), 9), CaseKeys.OutboxRow(CaseKeys.CaseId("a", "1"), 10));
        Assert.True(string.CompareOrdinal(CaseKeys.OutboxPrefix, ninth) < 0);
        Assert.True(string.CompareOrdinal(ninth, tenth) < 0);
        Assert.True(string.CompareOrdinal(tenth, CaseKeys.OutboxEnd) < 0);
    }
}
