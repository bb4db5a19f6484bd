using CityBrain.Cases;
using CityBrain.Dispatch;

namespace CityBrain.Tests.Cases;

public sealed class CaseQueryTests : IAsyncLifetime
{
    private static readonly Actor Officer = new("officer", ActorKind.Staff);
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private static readonly CaseFilter None = new(null, null, null, false, false, 7, null);
    private TestStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await TestStore.OpenAsync();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(200)]
    public async Task List_PageByPage_HasEachCaseOnceNewestFirst(int limit)
    {
        var ids = await FileAsync(100, CaseState.Dispatched);
        var listed = await AllAsync(None with { Status = CaseState.Dispatched, Limit = limit });
        Assert.Equal(ids.AsEnumerable().Reverse(), listed);
    }

    [Fact]
    public async Task List_RightAfterAChange_IsNotBehind()
    {
        var ids = await FileAsync(10, CaseState.Dispatched);
        await ChangeAsync(ids[0], new Accept());
        Assert.Equal([ids[0]], await AllAsync(None with { Status = CaseState.Accepted }));
        Assert.Equal(9, (await AllAsync(None with { Status = CaseState.Dispatched })).Count);
    }

    [Fact]
    public async Task List_EachFilter_HoldsAlone()
    {
        var west = await FileAsync(3, CaseState.Dispatched);
        var closed = await FileAsync(2, CaseState.Closed, "c");
        Assert.Equal(3, (await AllAsync(None with { Department = "sanitation" })).Count);
        Assert.Equal(2, (await AllAsync(None with { Department = "sanitation", Ended = true })).Count);
        Assert.Equal(2, (await AllAsync(None with { Department = "sanitation", Status = CaseState.Closed })).Count);
        Assert.Equal(3, (await AllAsync(None with { AreaId = "s-west" })).Count);
        Assert.Equal(3, (await AllAsync(None with { AreaId = "d-west", Department = "sanitation", Status = CaseState.Dispatched })).Count);
        Assert.Empty(await AllAsync(None with { AreaId = "s-east" }));
        Assert.Empty(await AllAsync(None with { Department = "parks" }));
        Assert.Equal(2, closed.Count);
        Assert.Equal(3, west.Count);
    }

    [Fact]
    public async Task List_Overdue_HasTheLongestOverdueFirstAndNoOther()
    {
        var first = Assert.Single(await FileAsync(1, CaseState.Dispatched, "a"));
        _store.Clock.Now = SmallTown.Morning.AddMinutes(30);
        var second = Assert.Single(await FileAsync(1, CaseState.Dispatched, "b"));
        Assert.Empty(await AllAsync(None with { Overdue = true }));

        // A working hour to sign: the first is due at eleven.
        _store.Clock.Now = SmallTown.Morning.AddHours(1);
        Assert.Empty(await AllAsync(None with { Overdue = true }));
        _store.Clock.Now = SmallTown.Morning.AddHours(1).AddTicks(1);
        Assert.Equal([first], await AllAsync(None with { Overdue = true }));
        _store.Clock.Now = SmallTown.Morning.AddHours(2);
        Assert.Equal([first, second], await AllAsync(None with { Overdue = true }));
        Assert.Equal([first, second], await AllAsync(None with { Overdue = true, Department = "sanitation", AreaId = "s-west" }));
        Assert.Empty(await AllAsync(None with { Overdue = true, Department = "parks" }));
        Assert.Empty(await AllAsync(None with { Overdue = true, AreaId = "s-east" }));
    }

    [Fact]
    public async Task List_CallerWithASlice_SeesItsOwnAndPagesWithoutGaps()
    {
        var ids = await FileAsync(30, CaseState.Dispatched);
        var seen = await AllAsync(None with { Status = CaseState.Dispatched, Limit = 4 }, summary => ids.IndexOf(summary.CaseId) % 3 == 0);
        Assert.Equal(ids.Where((_, i) => i % 3 == 0).Reverse(), seen);
    }

    [Theory]
    [InlineData("%%%")]
    [InlineData("a")]
    public async Task List_CursorThatWasNotMadeHere_IsAFormatError(string cursor) =>
        await Assert.ThrowsAsync<FormatException>(() => _store.Query.ListAsync(None with { Status = CaseState.Filed, Cursor = cursor }, _ => true, Token));

    [Fact]
    public async Task List_CursorWithQuotes_IsHarmless() =>
        Assert.Empty((await _store.Query.ListAsync(None with { Status = CaseState.Filed, Cursor = System.Buffers.Text.Base64Url.EncodeToString("' or PartitionKey ne '"u8) }, _ => true, Token)).Cases);

    private async Task<List<string>> AllAsync(CaseFilter filter, Func<CaseSummary, bool>? maySee = null)
    {
        var (ids, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await _store.Query.ListAsync(filter with { Cursor = cursor }, maySee ?? (_ => true), Token);
            Assert.InRange(page.Cases.Count, 0, filter.Limit);
            ids.AddRange(page.Cases.Select(found => found.Id));
            cursor = page.Cursor;
        }
        while (cursor is not null);
        return ids;
    }

    private async Task<List<string>> FileAsync(int count, CaseState state, string prefix = "")
    {
        var (ids, start) = (new List<string>(), _store.Clock.Now);
        for (var i = 0; i < count; i++)
        {
            _store.Clock.Now = start.AddMilliseconds(i);
            var (filed, _) = await _store.Cases.FileAsync(SmallTown.Draft(prefix + i), Officer, _store.Durable.Client, Token);
            ids.Add(filed.Id);
        }

        _store.Clock.Now = start;
        foreach (var id in ids)
        {
            foreach (var command in Lives.To(state))
            {
                await ChangeAsync(id, command);
            }
        }

        await _store.SweepAsync();
        return ids;
    }

    private async Task ChangeAsync(string id, CaseCommand command) =>
        Assert.IsType<ChangeResult.Changed>(await _store.Cases.ChangeAsync(id, command, Officer, _store.Durable.Client, cancellationToken: Token));
}
