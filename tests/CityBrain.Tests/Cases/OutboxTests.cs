using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.Dispatch;
using CityBrain.Triage;

namespace CityBrain.Tests.Cases;

public sealed class OutboxTests : IAsyncLifetime
{
    private static readonly Actor Officer = new("officer", ActorKind.Staff);
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private readonly RecordingHandler _first = new();
    private readonly RecordingHandler _second = new();
    private TestStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await TestStore.OpenAsync(_first, _second);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Deliver_EveryHandlerDone_DeletesTheEntry()
    {
        await LiveAsync("1");
        var entry = (await _store.WaitingAsync())[0];
        Assert.Empty(await _store.Outbox.DeliverAsync([entry], _store.Durable.Client, Token));
        Assert.DoesNotContain(await _store.WaitingAsync(), waiting => waiting.After.Version == 1);
    }

    [Fact]
    public async Task Deliver_OneHandlerFails_LeavesTheEntryAndTellsTheOthers()
    {
        await LiveAsync("1");
        _second.Fails = _ => true;
        Assert.Single(await _store.Outbox.DeliverAsync([(await _store.WaitingAsync())[0]], _store.Durable.Client, Token));
        Assert.Equal(4, (await _store.WaitingAsync()).Count);
        Assert.Single(_first.Told);
    }

    [Fact]
    public async Task Sweep_AfterAFailure_DeliversInOrderWhatWasLeft()
    {
        var id = await LiveAsync("1");
        _second.Fails = entry => entry.After.Version == 2;
        Assert.Equal(1, await _store.SweepAsync());
        Assert.Equal(3, (await _store.WaitingAsync()).Count);
        _second.Fails = _ => false;
        _second.Told.Clear();
        Assert.Equal(3, await _store.SweepAsync());
        Assert.Equal([(id, 2), (id, 3), (id, 4)], _second.Told);
        Assert.Empty(await _store.WaitingAsync());
        Assert.Equal(0, await _store.SweepAsync());
    }

    [Fact]
    public async Task Sweep_OneCaseFails_DeliversTheOtherCases()
    {
        var (bad, good) = (await LiveAsync("1"), await LiveAsync("2"));
        _second.Fails = entry => entry.After.CaseId == bad;
        await _store.SweepAsync();
        Assert.All(await _store.WaitingAsync(), entry => Assert.Equal(bad, entry.After.CaseId));
        Assert.Equal([1, 2, 3, 4], _first.Told.Where(told => told.CaseId == good).Select(told => told.Version));
    }

    [Fact]
    public async Task Sweep_EntryThatCannotBeRead_DoesNotStopTheOthers()
    {
        var id = await LiveAsync("1");
        foreach (var shard in CaseKeys.ShardNames)
        {
            await _store.Tables.Cases.AddEntityAsync(new TableEntity(shard, "o|0|000001") { ["Data"] = "{\"broken" }, Token);
        }

        Assert.Equal(4, await _store.SweepAsync());
        Assert.Equal([(id, 1), (id, 2), (id, 3), (id, 4)], _first.Told);
    }

    [Fact]
    public async Task Sweep_ProcessDiedBetweenWriteAndDelivery_DeliversAll()
    {
        // The dispatcher that these were posted to never runs, as in a crash; the sweep is the next process's.
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add(await LiveAsync($"{i}"));
        }

        Assert.Empty(_first.Told);
        Assert.Equal(80, await _store.Sweep.CountAsync(Token));
        Assert.Equal(80, await _store.SweepAsync());
        Assert.All(ids, id => Assert.Equal([1, 2, 3, 4], _first.Told.Where(told => told.CaseId == id).Select(told => told.Version)));
        Assert.Equal(0, await _store.Sweep.CountAsync(Token));
    }

    [Fact]
    public async Task Sweep_EntryStillOnItsFastWay_IsLeftAlone()
    {
        await LiveAsync("1");
        Assert.Equal(0, await _store.Sweep.SweepAsync(_store.Durable.Client, TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1), Token));
        Assert.Empty(_first.Told);
    }

    [Fact]
    public async Task Sweep_EntryThatThisProcessCarries_IsLeftAlone()
    {
        await LiveAsync("1");
        var own = new SweepOutbox(_store.Tables, _store.Outbox);
        Assert.Equal(0, await own.SweepAsync(_store.Durable.Client, DateTimeOffset.MaxValue, Token));
        Assert.Empty(_first.Told);
    }

    [Fact]
    public Task Dispatcher_Running_DeliversEachCaseInOrder() => DeliverLivesAsync(20, isRunning: true);

    [Fact]
    public Task Dispatcher_MoreThanItHoldsInMemory_DeliversAllInOrderWithoutASweep() => DeliverLivesAsync(60, isRunning: false);

    private async Task DeliverLivesAsync(int lives, bool isRunning)
    {
        if (isRunning)
        {
            await _store.Outbox.StartAsync(Token);
        }

        var ids = await Task.WhenAll(Enumerable.Range(0, lives).Select(i => LiveAsync($"{i}")));
        if (!isRunning)
        {
            await _store.Outbox.StartAsync(Token);
        }

        for (var waits = 0; await _store.Sweep.CountAsync(Token) > 0; waits++)
        {
            Assert.InRange(waits, 0, 500);
            await Task.Delay(20, Token);
        }

        await _store.Outbox.StopAsync(Token);
        Assert.All(ids, id => Assert.Equal([1, 2, 3, 4], _first.Told.Where(told => told.CaseId == id).Select(told => told.Version)));
    }

    [Fact]
    [Trait("behaviour", "Emergency: a threat to life waits for no queue and no service")]
    public async Task Dispatcher_LifeAtRiskInAFlood_IsTakenBeforeWhatCanWait()
    {
        var flood = Enumerable.Range(0, 100).Select(_ => _store.Pressure.Begin()).ToList();
        await _store.Outbox.StartAsync(Token);
        await _store.Cases.FileAsync(SmallTown.Draft("1"), Officer, _store.Durable.Client, Token);
        var (urgent, _) = await _store.Cases.FileAsync(SmallTown.Draft("2") with { Risk = new CityBrain.City.LifeRisk("119", true, ["is on fire"]) }, Officer, _store.Durable.Client, Token);
        for (var waits = 0; _first.Told.IsEmpty; waits++)
        {
            Assert.InRange(waits, 0, 400);
            await Task.Delay(20, Token);
        }

        Assert.Equal(urgent.Id, Assert.Single(_first.Told).CaseId);
        flood.ForEach(acceptance => acceptance.Dispose());
        await _store.Outbox.StopAsync(Token);
    }

    [Fact]
    public async Task Deliver_Again_IsDone()
    {
        await LiveAsync("1");
        var entry = (await _store.WaitingAsync())[0];
        Assert.Empty(await _store.Outbox.DeliverAsync([entry], _store.Durable.Client, Token));
        Assert.Empty(await _store.Outbox.DeliverAsync([entry], _store.Durable.Client, Token));
    }

    [Fact]
    public async Task Entry_ByWhichTheCaseLeavesIntake_AloneHoldsTheText()
    {
        await LiveAsync("1");
        Assert.Equal([null, "rubbish in the street", null, null], (await _store.WaitingAsync()).Select(entry => entry.Text));
    }

    private async Task<string> LiveAsync(string sourceId)
    {
        var (filed, _) = await _store.Cases.FileAsync(SmallTown.Draft(sourceId), Officer, _store.Durable.Client, Token);
        foreach (var command in new CaseCommand[] { new CompleteTriage(Lives.Rubbish), new DispatchTo("sanitation"), new Accept() })
        {
            Assert.IsType<ChangeResult.Changed>(await _store.Cases.ChangeAsync(filed.Id, command, Officer, _store.Durable.Client, cancellationToken: Token));
        }

        return filed.Id;
    }
}
