using CityBrain.Cases;
using CityBrain.Dispatch;
using CityBrain.Triage;

namespace CityBrain.Tests.Triage;

/// <summary>Duplicates through the stores: found, joined, followed and taken apart again.</summary>
public sealed class MergingTests : IAsyncLifetime
{
    private const string Words = "rubbish piled up at the corner for days";
    private static readonly Actor Duty = new("duty", ActorKind.Staff);
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestStore _store = null!;
    private CaseSubscribers _subscribers = null!;
    private TriageDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync(Handlers);
        _subscribers = new CaseSubscribers(_store.Tables);
        _desk = new TriageDesk(new OpenMatters(_store.Tables, _store.Cases), new CategoryModels(_store.Tables), SmallTown.City);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    [Trait("behaviour", "Merging: the same person again urges the same case and starts no clock")]
    public async Task Triage_SamePersonAgain_UrgesOnTheSameCaseWithoutANewClock()
    {
        var master = await ArriveAsync("1", "a");
        var clocks = (await FindAsync(master)).Assignment!.Clocks;
        var again = await ArriveAsync("2", "a");
        var (joined, after) = (await FindAsync(again), await FindAsync(master));
        Assert.Equal((CaseState.Merged, master, MergeKind.SamePerson), (joined.State, joined.MergedInto, joined.MergedAs));
        Assert.Equal((1, 0, CaseState.Dispatched), (after.Urges, after.Subscribers, after.State));
        Assert.Equal(clocks.ResolveDue, after.Assignment!.Clocks.ResolveDue);
    }

    [Fact]
    [Trait("behaviour", "Merging: other people with the same matter subscribe to a master")]
    public async Task Triage_OthersAskForTheSame_SubscribeToTheMaster()
    {
        var master = await ArriveAsync("1", "a");
        var others = new[] { await ArriveAsync("2", "b"), await ArriveAsync("3", null) };
        Assert.Equal(2, (await FindAsync(master)).Subscribers);
        Assert.Equal(others.Order(StringComparer.Ordinal), await _subscribers.OfAsync(master, Token));
    }

    [Fact]
    public async Task Deliver_TheMergeAgain_CountsOnce()
    {
        var master = await ArriveAsync("1", "a");
        _store.Clock.Now += TimeSpan.FromMinutes(1);
        var (filed, _) = await _store.Cases.FileAsync(Draft("2", "b"), Duty, _store.Durable.Client, Token);
        await _store.Cases.ChangeAsync(filed.Id, await _desk.DecideAsync(filed, Token), Duty, _store.Durable.Client, cancellationToken: Token);
        var merge = (await _store.WaitingAsync()).Single(entry => entry.Step.Action is CaseAction.Merge);
        for (var i = 0; i < 3; i++)
        {
            await new MergeLinker(_store.Cases, _subscribers).HandleAsync(merge, _store.Durable.Client, Token);
        }

        Assert.Equal(1, (await FindAsync(master)).Subscribers);
    }

    [Fact]
    public async Task Triage_MasterHasEnded_IsACaseOfItsOwn()
    {
        var master = await ArriveAsync("1", "a");
        await ChangeAsync(master, new Withdraw("solved itself"));
        Assert.Equal(CaseState.Dispatched, (await FindAsync(await ArriveAsync("2", "a"))).State);
    }

    [Fact]
    public async Task Relocate_TheMaster_IsFoundAtItsNewPlaceAndNotAtTheOld()
    {
        var master = await ArriveAsync("1", null);
        await ChangeAsync(master, new Relocate(0.05, 0.15, null, null, "the corner is in the east"));
        _store.Clock.Now += TimeSpan.FromMinutes(1);
        var (filed, _) = await _store.Cases.FileAsync(Draft("2", null) with { Point = new GeoPoint(0.05, 0.15) }, Duty, _store.Durable.Client, Token);
        Assert.Equal(master, Assert.IsType<JoinMaster>(await _desk.DecideAsync(filed, Token)).Into);
        Assert.IsType<CompleteTriage>(await _desk.DecideAsync(filed with { Point = new GeoPoint(0.05, 0.05) }, Token));
        Assert.Equal(1, (await TestStore.RowsAsync(_store.Tables.Matters)).Count(row => row.RowKey == master));
    }

    [Fact]
    public async Task Merge_MasterIsMergedItself_SubscribersFollow()
    {
        var (first, second) = (await ArriveAsync("1", "a"), await ArriveAsync("2", "b", "another matter: rubbish burns behind the school"));
        var follower = await ArriveAsync("3", "c");
        await ChangeAsync(first, new Merge(second));
        Assert.Equal(new[] { first, follower }.Order(StringComparer.Ordinal), await _subscribers.OfAsync(second, Token));
    }

    [Fact]
    public async Task Merge_TwoIntoEachOther_EndsAllTheSame()
    {
        var (first, second) = (await ArriveAsync("1", "a"), await ArriveAsync("2", "b", "another matter: rubbish burns behind the school"));
        await _store.Cases.ChangeAsync(first, new Merge(second), Duty, _store.Durable.Client, cancellationToken: Token);
        await _store.Cases.ChangeAsync(second, new Merge(first), Duty, _store.Durable.Client, cancellationToken: Token);
        await DeliverAsync();
        Assert.Empty(await _store.WaitingAsync());
    }

    [Fact]
    [Trait("behaviour", "Merging: a merge can be undone")]
    public async Task Unmerge_WrongMerge_GoesToAPersonAndLeavesTheMaster()
    {
        var master = await ArriveAsync("1", "a");
        var joined = await ArriveAsync("2", "b");
        await ChangeAsync(joined, new Unmerge("another heap"));
        var current = await FindAsync(joined);
        Assert.Equal((CaseState.TriageReview, null, null), (current.State, current.MergedInto, current.MergedAs));
        Assert.Empty(await _subscribers.OfAsync(master, Token));
        await ChangeAsync(joined, new ConfirmTriage());
        Assert.Equal(CaseState.Triaged, (await FindAsync(joined)).State);
    }

    private static IOutboxHandler[] Handlers(TestStore store) =>
        [new OpenMatters(store.Tables, store.Cases), new MergeLinker(store.Cases, new CaseSubscribers(store.Tables))];

    private static Case Draft(string sourceId, string? person, string words = Words)
    {
        var draft = SmallTown.Draft(sourceId, words);
        return draft with { Origin = draft.Origin with { ReporterKey = person } };
    }

    private async Task<string> ArriveAsync(string sourceId, string? person, string words = Words)
    {
        _store.Clock.Now += TimeSpan.FromMinutes(1);
        var (filed, _) = await _store.Cases.FileAsync(Draft(sourceId, person, words), Duty, _store.Durable.Client, Token);
        await ChangeAsync(filed.Id, await _desk.DecideAsync(filed, Token));
        if (RouteFinder.Decide(await FindAsync(filed.Id), SmallTown.City, SmallTown.Morning) is { } next)
        {
            await ChangeAsync(filed.Id, next);
        }

        return filed.Id;
    }

    private async Task ChangeAsync(string id, CaseCommand command)
    {
        Assert.IsType<ChangeResult.Changed>(await _store.Cases.ChangeAsync(id, command, Duty, _store.Durable.Client, cancellationToken: Token));
        await DeliverAsync();
    }

    /// <summary>Delivers until nothing waits: a delivery may change another case.</summary>
    private async Task DeliverAsync()
    {
        while (await _store.SweepAsync() > 0)
        {
        }
    }

    private async Task<Case> FindAsync(string id) => (await _store.Cases.FindAsync(id, Token))!;
}
