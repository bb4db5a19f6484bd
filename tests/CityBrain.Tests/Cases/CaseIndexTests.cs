using CityBrain.Cases;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Cases;

public sealed class CaseIndexTests
{
    private static readonly Actor Officer = new("officer", ActorKind.Staff);

    [Fact]
    public async Task Handle_AnyOrderAndRepetition_LeavesExactlyTheRowsOfTheCurrentVersions()
    {
        await using var store = await TestStore.OpenAsync();
        var number = 0;
        Laws.Holds(from life in AnyCommand.Life from order in Gen.Choose(0, int.MaxValue) select (life, order), t => CheckAsync(store, $"{++number}", t.life, t.order).GetAwaiter().GetResult(), times: 25);
        var expected = new List<(string, string)>();
        foreach (var row in await TestStore.RowsAsync(store.Tables.Cases, "RowKey ge 'c|' and RowKey lt 'c}'"))
        {
            var current = await store.Cases.FindAsync(row.RowKey[2..], TestContext.Current.CancellationToken);
            expected.AddRange(CaseIndex.KeysOf(CaseSummary.Of(current!, SmallTown.Areas)));
        }

        var rows = await TestStore.RowsAsync(store.Tables.CaseIndex);
        Assert.Equal(expected.Order(), rows.Select(row => (row.PartitionKey, row.RowKey)).Order());
    }

    [Fact]
    public async Task Handle_AnyOrderAndRepetition_CountsEachCaseOnceByItsCurrentVersion()
    {
        await using var store = await TestStore.OpenAsync();
        var number = 0;
        Laws.Holds(from life in AnyCommand.Life from order in Gen.Choose(0, int.MaxValue) select (life, order), t => CheckAsync(store, $"{++number}", t.life, t.order).GetAwaiter().GetResult(), times: 25);
        var expected = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in await TestStore.RowsAsync(store.Tables.Cases, "RowKey ge 'c|' and RowKey lt 'c}'"))
        {
            var current = await store.Cases.FindAsync(row.RowKey[2..], TestContext.Current.CancellationToken);
            foreach (var (name, count) in CaseTally.ContributionOf(CaseSummary.Of(current!, SmallTown.Areas)).Where(part => part.Value != 0))
            {
                expected[name] = expected.GetValueOrDefault(name) + count;
            }
        }

        Assert.Equal(expected, await store.Tally.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(25, expected["cases"]);
    }

    /// <summary>Lives a life, then delivers its versions doubled and shuffled, some of them at once, and sweeps.</summary>
    private static async Task CheckAsync(TestStore store, string sourceId, IEnumerable<(int Choice, int Minutes)> life, int order)
    {
        var token = TestContext.Current.CancellationToken;
        store.Clock.Now = SmallTown.Morning;
        var (current, _) = await store.Cases.FileAsync(SmallTown.Draft(sourceId), Officer, store.Durable.Client, token);
        foreach (var (choice, minutes) in life)
        {
            store.Clock.Now += TimeSpan.FromMinutes(minutes);
            current = (await store.Cases.ChangeAsync(current.Id, AnyCommand.Choose(current, choice, store.Clock.Now), Officer, store.Durable.Client, cancellationToken: token)).Case!;
        }

        var entries = (await store.WaitingAsync()).Where(entry => entry.After.CaseId == current.Id).ToList();
        var random = new Random(order);
        var deliveries = entries.Concat(entries.Where(_ => random.Next(2) == 0)).ToArray();
        random.Shuffle(deliveries);
        foreach (var together in deliveries.Take(random.Next(deliveries.Length + 1)).Chunk(3))
        {
            await Task.WhenAll(together.Select(entry => Task.Run(() => store.Outbox.DeliverAsync(entry, store.Durable.Client, token), token)));
        }

        await store.SweepAsync();
    }
}
