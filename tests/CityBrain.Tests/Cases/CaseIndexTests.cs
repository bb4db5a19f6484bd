using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.Dispatch;
using FsCheck;
using FsCheck.Fluent;

namespace CityBrain.Tests.Cases;

public sealed class CaseIndexTests
{
    private static readonly Actor Officer = new("officer", ActorKind.Staff);
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_AnyLife_LeavesExactlyTheRowsOfTheCurrentVersions()
    {
        await using var store = await TestStore.OpenAsync();
        var number = 0;
        Laws.Holds(AnyCommand.Life, life => AnyLife.LiveAsync(store, $"{++number}", life).GetAwaiter().GetResult(), times: 25);
        var expected = (await store.AllCasesAsync()).SelectMany(current => CaseIndex.RowsOf(CaseSummary.Of(current)));
        Assert.Equal(expected.Order(StringComparer.Ordinal), (await ListedAsync(store)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Change_ManyAtOnceOnOneCase_LeavesTheRowsOfTheLast()
    {
        await using var store = await TestStore.OpenAsync();
        var (filed, _) = await store.Cases.FileAsync(SmallTown.Draft(), Officer, store.Durable.Client, Token);
        foreach (var command in Lives.To(CaseState.Handling))
        {
            await store.Cases.ChangeAsync(filed.Id, command, Officer, store.Durable.Client, cancellationToken: Token);
        }

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => store.Cases.ChangeAsync(filed.Id, new Reassign(i % 2 == 0 ? "parks" : "waterworks", "theirs"), Officer, store.Durable.Client, cancellationToken: Token), Token)));
        var current = Assert.Single(await store.AllCasesAsync());
        Assert.Equal(CaseIndex.RowsOf(CaseSummary.Of(current)).Order(StringComparer.Ordinal), (await ListedAsync(store)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Change_RowOfAnOlderEditionIsMissing_GoesOn()
    {
        await using var store = await TestStore.OpenAsync();
        var (filed, _) = await store.Cases.FileAsync(SmallTown.Draft(), Officer, store.Durable.Client, Token);
        await store.Tables.Cases.DeleteEntityAsync(CaseKeys.Partition(filed.Id), CaseIndex.RowsOf(CaseSummary.Of(filed)).Single(), cancellationToken: Token);
        Assert.IsType<ChangeResult.Changed>(await store.Cases.ChangeAsync(filed.Id, Lives.To(CaseState.Triaged)[0], Officer, store.Durable.Client, cancellationToken: Token));
        Assert.All(await ListedAsync(store), row => Assert.DoesNotContain("Filed", row, StringComparison.Ordinal));
    }

    private static async Task<IEnumerable<string>> ListedAsync(TestStore store) =>
        (await TestStore.RowsAsync(store.Tables.Cases, "RowKey ge 'i|' and RowKey lt 'i}'")).Select(row => row.RowKey);
}
