using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.Feedback;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Cases;

public sealed class CaseTallyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, "closed:hours<=1")]
    [InlineData(60, "closed:hours<=1")]
    [InlineData(61, "closed:hours<=4")]
    [InlineData(24 * 60, "closed:hours<=24")]
    [InlineData(2160 * 60, "closed:hours<=2160")]
    [InlineData((2160 * 60) + 1, "closed:hours<=more")]
    public void ContributionOf_ClosedCase_LiesInOneBucket(int minutes, string bucket)
    {
        var closed = CaseSummary.Of(Lives.In(CaseState.Closed) with { EndedAt = SmallTown.Morning.AddMinutes(minutes) });
        Assert.Equal([bucket], CaseTally.ContributionOf(closed).Keys.Where(name => name.StartsWith("closed:hours", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("behaviour", "Feedback: no answer after three tries is a bucket of its own")]
    public void ContributionOf_ClosedUnanswered_IsCountedApart()
    {
        var unanswered = Lives.In(CaseState.Verified).After(new CloseUnanswered(), SmallTown.Morning.AddDays(14));
        var counts = CaseTally.ContributionOf(CaseSummary.Of(unanswered));
        Assert.Equal((1, 1), (counts["closed:unanswered"], counts["closed:late"]));
        Assert.DoesNotContain("closed:solved", counts.Keys);
    }

    [Fact]
    public async Task Settle_AnyOrderAndRepetition_CountsEachCaseOnceByItsCurrentVersion()
    {
        await using var store = await TestStore.OpenAsync();
        var number = 0;
        Laws.Holds(from life in AnyCommand.Life from order in Gen.Choose(0, int.MaxValue) select (life, order), t => LiveAndDeliverAsync(store, $"{++number}", t.life, t.order).GetAwaiter().GetResult(), times: 25);
        await store.SweepAsync();
        var expected = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in (await store.AllCasesAsync()).SelectMany(current => CaseTally.ContributionOf(CaseSummary.Of(current))).Where(part => part.Value != 0))
        {
            expected[name] = expected.GetValueOrDefault(name) + count;
        }

        Assert.Equal(expected, await store.Tally.ReadAsync(Token));
        Assert.Equal(25, expected["cases"]);
    }

    [Fact]
    public async Task Settle_TwoProcessesAtOnce_CountEachEntryOnce()
    {
        await using var store = await TestStore.OpenAsync();
        for (var i = 0; i < 40; i++)
        {
            await AnyLife.LiveAsync(store, $"{i}", []);
        }

        var entries = await store.WaitingAsync();
        var processes = Enumerable.Range(0, 4).Select(_ => new CaseTally(store.Tables)).ToList();
        foreach (var shard in entries.GroupBy(entry => CaseKeys.ShardOf(entry.After.CaseId)))
        {
            await Task.WhenAll(processes.SelectMany(process => shard.Select(entry => Task.Run(() => process.SettleAsync([entry], Token), Token))));
        }

        Assert.Equal(40, (await store.Tally.ReadAsync(Token))["cases"]);
        Assert.Empty(await store.WaitingAsync());
    }

    [Fact]
    public async Task Settle_MoreCountersThanATransactionHolds_CountsAll()
    {
        await using var store = await TestStore.OpenAsync();
        var summary = CaseSummary.Of(Lives.In(CaseState.Dispatched));
        var entries = new List<OutboxEntry>();
        for (var i = 0; i < 60; i++)
        {
            var (id, office) = ("00" + CaseKeys.CaseId("x", $"{i}")[2..], $"street-office-of-a-street-with-a-very-long-name-{i:D4}");
            var entry = new OutboxEntry(null, summary with { CaseId = id, Department = office, DistrictId = office }, null!);
            entries.Add(entry);
            await store.Tables.Cases.AddEntityAsync(StoredJson.Write(new TableEntity(CaseKeys.Partition(id), CaseKeys.OutboxRow(id, entry.After.Version)), entry), Token);
        }

        await store.Tally.SettleAsync(entries, Token);
        Assert.Equal(60, (await store.Tally.ReadAsync(Token))["cases"]);
        Assert.Empty(await store.WaitingAsync());
    }

    /// <summary>Lives a life, then delivers its versions doubled and shuffled, some of them at once.</summary>
    private static async Task LiveAndDeliverAsync(TestStore store, string sourceId, IEnumerable<(int Choice, int Minutes)> life, int order)
    {
        var current = await AnyLife.LiveAsync(store, sourceId, life);
        var entries = (await store.WaitingAsync()).Where(entry => entry.After.CaseId == current.Id).ToList();
        var random = new Random(order);
        var deliveries = entries.Concat(entries.Where(_ => random.Next(2) == 0)).ToArray();
        random.Shuffle(deliveries);
        foreach (var together in deliveries.Take(random.Next(deliveries.Length + 1)).Chunk(3))
        {
            await Task.WhenAll(together.Select(entry => Task.Run(() => store.Outbox.DeliverAsync([entry], store.Durable.Client, Token), Token)));
        }
    }
}
