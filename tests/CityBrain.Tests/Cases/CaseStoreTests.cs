using CityBrain.Cases;
using CityBrain.Dispatch;
using CityBrain.Triage;

namespace CityBrain.Tests.Cases;

public sealed class CaseStoreTests : IAsyncLifetime
{
    private static readonly Actor Officer = new("officer", ActorKind.Staff);
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private readonly RecordingHandler _handler = new();
    private TestStore _store = null!;

    public async ValueTask InitializeAsync() => _store = await TestStore.OpenAsync(_handler);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    [Trait("behaviour", "Intake: the same channel and number again is 200 and the same case")]
    public async Task File_AHundredTimesAtOnce_IsOneCaseWithOneStepAndOneEntry()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => _store.Cases.FileAsync(SmallTown.Draft(), Officer, _store.Durable.Client, Token), Token)));
        Assert.Single(results, result => result.Created);
        Assert.Single(results.Select(result => CityJson.Write(result.Case)).Distinct());
        Assert.Single(await _store.Cases.HistoryAsync(SmallTown.Draft().Id, Token));
        Assert.Single(await _store.WaitingAsync());

        // The case, its step, its entry, and its place in the list of its state.
        Assert.Equal(4, (await TestStore.RowsAsync(_store.Tables.Cases)).Count);
    }

    [Fact]
    public async Task Change_TheSameCommandFiftyTimesAtOnce_HappensOnce()
    {
        var id = await BringToAsync(CaseState.Dispatched);
        var before = (await _store.Cases.FindAsync(id, Token))!.Version;
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => ChangeAsync(id, new Accept()), Token)));
        Assert.Single(results, result => result is ChangeResult.Changed);
        Assert.All(results.Where(result => result is not ChangeResult.Changed), result => Assert.Equal(CaseState.Accepted, Assert.IsType<ChangeResult.Illegal>(result).Current.State));
        Assert.Equal(before + 1, (await _store.Cases.FindAsync(id, Token))!.Version);
    }

    [Fact]
    [Trait("behaviour", "Dispatch: a command given twice has the same result")]
    public async Task Change_TheSameKeyFiftyTimesAtOnce_HappensOnceAndIsRepeatedToTheOthers()
    {
        var id = await BringToAsync(CaseState.Handling);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => _store.Cases.ChangeAsync(id, new Extend(1, "hard", "deputy"), Officer, _store.Durable.Client, commandKey: "k"), Token)));
        Assert.Single(results, result => result is ChangeResult.Changed);
        Assert.Equal(49, results.Count(result => result is ChangeResult.Repeated));
    }

    [Fact]
    public async Task Change_FiftyDifferentOnesAtOnce_AllHappenOneAfterTheOther()
    {
        var id = await BringToAsync(CaseState.Handling);
        var before = (await _store.Cases.FindAsync(id, Token))!.Version;
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => ChangeAsync(id, new Extend(0.1, $"reason {i}", "deputy")), Token)));
        Assert.All(results, result => Assert.IsType<ChangeResult.Changed>(result));
        var history = await _store.Cases.HistoryAsync(id, Token);
        Assert.Equal(Enumerable.Range(1, before + 50), history.Select(step => step.Version));
        Assert.Distinct(history.TakeLast(50).Select(step => step.Summary));
    }

    [Fact]
    public async Task Change_OldVersionExpected_IsStaleAndChangesNothing()
    {
        var id = await BringToAsync(CaseState.Dispatched);
        var current = (await _store.Cases.FindAsync(id, Token))!;
        Assert.Equal(current.Version, Assert.IsType<ChangeResult.Stale>(await ChangeAsync(id, new Accept(), current.Version - 1)).Current.Version);
        Assert.IsType<ChangeResult.Changed>(await ChangeAsync(id, new Accept(), current.Version));
    }

    [Fact]
    public async Task Change_NoSuchCase_IsNotFound() =>
        Assert.IsType<ChangeResult.NotFound>(await ChangeAsync(CaseKeys.CaseId("x", "y"), new Accept()));

    [Fact]
    public async Task Change_CaseThatMovedOutOfTheCallersSlice_IsNotFound()
    {
        var id = await BringToAsync(CaseState.Dispatched);
        var result = await _store.Cases.ChangeAsync(id, new Accept(), Officer, _store.Durable.Client, mayChange: current => current.Assignment!.Department == "parks", cancellationToken: Token);
        Assert.IsType<ChangeResult.NotFound>(result);
        Assert.Equal(CaseState.Dispatched, (await _store.Cases.FindAsync(id, Token))!.State);
    }

    [Fact]
    public async Task History_WholeLife_HasEachStepWithItsStates()
    {
        var id = await BringToAsync(CaseState.Closed);
        var history = await _store.Cases.HistoryAsync(id, Token);
        Assert.Equal(Enumerable.Range(1, history.Count), history.Select(step => step.Version));
        Assert.All(history.Zip(history.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal(CaseState.Closed, history[^1].To);
    }

    [Fact]
    public async Task Change_LargestTextsOfEveryKind_AreStored()
    {
        // Each of these characters takes six in JSON, a pair of surrogates twelve.
        var draft = SmallTown.Draft(text: string.Concat(Enumerable.Repeat("\uD83D\uDE00", 4000))) with
        {
            Title = new string('<', 200),
            Address = new string('&', 300),
            Attachments = [.. Enumerable.Repeat("https://example.org/" + new string('+', 1980), 10)],
        };
        await _store.Cases.FileAsync(draft, Officer, _store.Durable.Client, Token);
        foreach (var command in Lives.To(CaseState.Handling).Append(new CityBrain.Feedback.Reply(new string('"', 4000))))
        {
            Assert.IsType<ChangeResult.Changed>(await ChangeAsync(draft.Id, command));
        }

        var stored = (await _store.Cases.FindAsync(draft.Id, Token))!;
        Assert.Equal((draft.Text, draft.Title, draft.Address, 4000), (stored.Text, stored.Title, stored.Address, stored.Reply!.Text.Length));
        Assert.Equal(stored.Version, await _store.SweepAsync());
    }

    [Fact]
    [Trait("behaviour", "Personal data: text is redacted before it reaches a card, a list, a cluster or an export")]
    public async Task Change_PersonalDataInASummary_IsRedactedInHistoryAndOutbox()
    {
        var id = await BringToAsync(CaseState.Handling);
        await ChangeAsync(id, new Withdraw("caller 13812345678 has moved"));
        Assert.Contains("[phone]", (await _store.Cases.HistoryAsync(id, Token))[^1].Summary, StringComparison.Ordinal);
        Assert.All(await TestStore.RowsAsync(_store.Tables.Cases), row => Assert.DoesNotContain("13812345678", TestStore.TextOf(row), StringComparison.Ordinal));
    }

    private Task<ChangeResult> ChangeAsync(string id, CaseCommand command, int? expected = null) =>
        Task.Run(() => _store.Cases.ChangeAsync(id, command, Officer, _store.Durable.Client, expected, cancellationToken: Token), Token);

    private async Task<string> BringToAsync(CaseState state)
    {
        var (filed, _) = await _store.Cases.FileAsync(SmallTown.Draft(), Officer, _store.Durable.Client, Token);
        foreach (var command in Lives.To(state))
        {
            Assert.IsType<ChangeResult.Changed>(await ChangeAsync(filed.Id, command));
        }

        return filed.Id;
    }
}
