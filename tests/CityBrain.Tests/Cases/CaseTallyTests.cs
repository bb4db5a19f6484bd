using CityBrain.Cases;
using CityBrain.Feedback;

namespace CityBrain.Tests.Cases;

public sealed class CaseTallyTests
{
    [Theory]
    [InlineData(0, "closed:hours<=1")]
    [InlineData(60, "closed:hours<=1")]
    [InlineData(61, "closed:hours<=4")]
    [InlineData(24 * 60, "closed:hours<=24")]
    [InlineData(2160 * 60, "closed:hours<=2160")]
    [InlineData((2160 * 60) + 1, "closed:hours<=more")]
    public void ContributionOf_ClosedCase_LiesInOneBucket(int minutes, string bucket)
    {
        var closed = CaseSummary.Of(Lives.In(CaseState.Closed) with { EndedAt = SmallTown.Morning.AddMinutes(minutes) }, SmallTown.Areas);
        Assert.Equal([bucket], CaseTally.ContributionOf(closed).Keys.Where(name => name.StartsWith("closed:hours", StringComparison.Ordinal)));
    }

    [Fact]
    public void ContributionOf_ClosedUnanswered_IsCountedApart()
    {
        var unanswered = Lives.In(CaseState.Verified).After(new CloseUnanswered(), SmallTown.Morning.AddDays(14));
        var counts = CaseTally.ContributionOf(CaseSummary.Of(unanswered, SmallTown.Areas));
        Assert.Equal((1, 1), (counts["closed:unanswered"], counts["closed:late"]));
        Assert.DoesNotContain("closed:solved", counts.Keys);
    }

    [Theory]
    [InlineData(CaseState.Filed)]
    [InlineData(CaseState.Dispatched)]
    [InlineData(CaseState.Closed)]
    public async Task Handle_OlderOrSameVersionAfterwards_CountsNothingMore(CaseState late)
    {
        await using var store = await TestStore.OpenAsync();
        var token = TestContext.Current.CancellationToken;
        foreach (var state in new[] { CaseState.Closed, late })
        {
            await store.Tally.HandleAsync(new OutboxEntry(null, CaseSummary.Of(Lives.In(state), SmallTown.Areas), null!), store.Durable.Client, token);
        }

        var counts = await store.Tally.ReadAsync(token);
        Assert.Equal((1, 1, 1), (counts["cases"], counts["state:Closed"], counts["closed:solved"]));
        Assert.Single(counts.Keys, name => name.StartsWith("state:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Read_ManyDepartmentsInOneShard_Fits()
    {
        // A very large city has some hundred offices; their counters must fit into the row of a shard.
        await using var store = await TestStore.OpenAsync();
        var token = TestContext.Current.CancellationToken;
        var summary = CaseSummary.Of(Lives.In(CaseState.Dispatched), SmallTown.Areas);
        for (var i = 0; i < 500; i++)
        {
            var office = $"street-office-of-a-street-with-a-very-long-name-{i:D4}";
            var id = "00" + CaseKeys.CaseId("x", $"{i}")[2..];
            await store.Tally.HandleAsync(new OutboxEntry(null, summary with { CaseId = id, Department = office, DistrictId = office }, null!), store.Durable.Client, token);
        }

        Assert.Equal(500, (await store.Tally.ReadAsync(token))["cases"]);
    }
}
