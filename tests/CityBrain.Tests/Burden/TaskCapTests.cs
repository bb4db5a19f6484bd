using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using CityBrain.Feedback;
using CityBrain.Lifecycle;
using CityBrain.Triage;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Burden;

/// <summary>The cap of open tasks of a grid worker: fifteen in this town, where each community has two grids.</summary>
public sealed class TaskCapTests : IAsyncLifetime
{
    private const int Cap = 15;
    private const string Own = "grid-crew-g-west-1";
    private const string Neighbour = "grid-crew-g-west-2";
    private const string Street = "street-office-s-west";

    private static readonly Actor Officer = new("officer", ActorKind.Staff);
    private static readonly TriageResult Doorway = Lives.Rubbish with { CategoryCode = "doorway", LeadDepartment = Own };
    private TestStore _store = null!;
    private CaseSteps _steps = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        _steps = new CaseSteps(_store.Cases, new TriageDesk(new OpenMatters(_store.Tables, _store.Cases), new CategoryModels(_store.Tables), SmallTown.City), _store.Placing, _store.Words, SmallTown.City, Options.Create(new FeedbackOptions()), _store.Clock);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Dispatch_UnderTheCap_GoesToTheWorkerWithoutAMark()
    {
        await FillAsync(Own, Cap - 1);
        var sent = await DispatchedAsync("last");
        Assert.Equal((Own, null), (sent.Assignment!.Department, sent.Dispatch?.Burden));
        Assert.Equal(Cap, (await _store.Seats.CountAsync(Stop))[Own]);
    }

    [Fact]
    [Trait("behaviour", "Beyond the public systems: the tasks of a grid worker are capped")]
    public async Task Dispatch_OverTheCap_GoesToTheNeighbourWithTheFewestAndSaysSo()
    {
        await FillAsync(Own, Cap);
        var sent = await DispatchedAsync("more");
        Assert.Equal(Neighbour, sent.Assignment!.Department);
        Assert.Equal(new BurdenNote(Own, Cap, Cap, null, SmallTown.Morning), sent.Dispatch!.Burden);
        Assert.Equal($"to {Neighbour}; {Own} has 15 open tasks of 15", (await _store.Cases.HistoryAsync(sent.Id, Stop))[^1].Summary);
    }

    [Fact]
    public async Task Dispatch_WholeCommunityIsFull_GoesOneLevelUp()
    {
        await FillAsync(Own, Cap);
        await FillAsync(Neighbour, Cap);
        Assert.Equal(Street, (await DispatchedAsync("more")).Assignment!.Department);
    }

    [Theory]
    [InlineData(Urgency.Urgent, BurdenPass.Urgent)]
    [InlineData(Urgency.LifeSafety, BurdenPass.LifeRisk)]
    public async Task Dispatch_UrgentOverTheCap_PassesWithAMark(Urgency urgency, BurdenPass pass)
    {
        await FillAsync(Own, Cap);
        var sent = await DispatchedAsync("now", Doorway with { Urgency = urgency });
        Assert.Equal((Own, pass), (sent.Assignment!.Department, sent.Dispatch!.Burden!.Passed));
        Assert.Contains($"passed: {pass}", (await _store.Cases.HistoryAsync(sent.Id, Stop))[^1].Summary, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("behaviour", "Beyond the public systems: the tasks of a grid worker are capped")]
    public async Task Dispatch_ManyAtOneMoment_GoNoFurtherThanTheCap()
    {
        var ids = new List<string>();
        for (var i = 0; i < 2 * Cap; i++)
        {
            ids.Add(await TriagedAsync($"flood-{i}", Doorway));
        }

        await Task.WhenAll(ids.Select(id => Task.Run(() => _steps.DispatchCase(id, _store.Durable.Client, Stop), Stop)));
        var counts = await _store.Seats.CountAsync(Stop);
        Assert.Equal((Cap, Cap), (counts[Own], counts[Neighbour]));
    }

    [Fact]
    public async Task Dispatch_AgainAfterACrashBetweenSeatAndCase_TakesNoSecondSeat()
    {
        await FillAsync(Own, Cap - 1);
        var id = await TriagedAsync("crashed", Doorway);
        Assert.True((await _store.Seats.TakeAsync(Own, id, Cap, Stop)).Taken);
        await _steps.DispatchCase(id, _store.Durable.Client, Stop);
        Assert.Equal(Own, (await _store.Cases.FindAsync(id, Stop))!.Assignment!.Department);
    }

    [Fact]
    public async Task Seat_OfADispatchThatNeverCame_IsFreeAfterAWhile()
    {
        await FillAsync(Own, Cap - 1);
        Assert.True((await _store.Seats.TakeAsync(Own, CaseKeys.CaseId("web", "lost"), Cap, Stop)).Taken);
        Assert.Equal((false, Cap), await _store.Seats.TakeAsync(Own, CaseKeys.CaseId("web", "next"), Cap, Stop));
        _store.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal((true, Cap - 1), await _store.Seats.TakeAsync(Own, CaseKeys.CaseId("web", "next"), Cap, Stop));
    }

    [Fact]
    public async Task OpenTasks_TaskIsDoneOrTakenAway_AreOneLess()
    {
        var (done, taken) = ((await DispatchedAsync("done")).Id, (await DispatchedAsync("taken")).Id);
        Assert.Equal(2, (await _store.Seats.CountAsync(Stop))[Own]);
        await GiveAsync(done, new Accept(), new Arrive(), new Reply("The doorway is clear since ten this morning."));
        await GiveAsync(taken, new Reassign(Street, "theirs"));
        Assert.Empty(await _store.Seats.CountAsync(Stop));
    }

    [Fact]
    public async Task Dispatch_ReopenedCaseOfAFullWorker_GoesBackToTheSameLeadWithAMark()
    {
        var id = (await DispatchedAsync("again")).Id;
        await GiveAsync(id, new Accept(), new Arrive(), new Reply("The doorway is clear since ten this morning."), new PassReply(TimeSpan.FromDays(14)), new AnswerFeedback(true, false, false, "no"));
        await FillAsync(Own, Cap);
        await _steps.DispatchCase(id, _store.Durable.Client, Stop);
        var sent = (await _store.Cases.FindAsync(id, Stop))!;
        Assert.Equal((Own, BurdenPass.Reopened), (sent.Assignment!.Department, sent.Dispatch!.Burden!.Passed));
    }

    [Fact]
    public async Task Refusal_PersonNamesAFullWorker_SaysWhomToNameInstead()
    {
        await FillAsync(Own, Cap);
        var other = await _store.Cases.FindAsync(await TriagedAsync("other", Doorway), Stop);
        var held = other!.After(new DispatchTo(Neighbour));
        Assert.Contains("15 open tasks", await _store.Placing.RefusalAsync(new Reassign(Own, "theirs"), held, Stop), StringComparison.Ordinal);
        Assert.Null(await _store.Placing.RefusalAsync(new Reassign(Street, "theirs"), held, Stop));
        Assert.Null(await _store.Placing.RefusalAsync(new Reassign(Own, "theirs"), held with { Triage = held.Triage! with { Urgency = Urgency.Urgent } }, Stop));
        Assert.Null(await _store.Placing.RefusalAsync(new Reassign(Own, "theirs"), other!, Stop));
    }

    private async Task FillAsync(string worker, int tasks)
    {
        for (var i = 0; i < tasks; i++)
        {
            await GiveAsync(await TriagedAsync($"{worker}-{i}", Doorway), new DispatchTo(worker));
        }
    }

    private async Task<Case> DispatchedAsync(string sourceId, TriageResult? triage = null)
    {
        var id = await TriagedAsync(sourceId, triage ?? Doorway);
        await _steps.DispatchCase(id, _store.Durable.Client, Stop);
        return (await _store.Cases.FindAsync(id, Stop))!;
    }

    private async Task<string> TriagedAsync(string sourceId, TriageResult triage)
    {
        var (filed, _) = await _store.Cases.FileAsync(SmallTown.Draft(sourceId), Officer, _store.Durable.Client, Stop);
        await GiveAsync(filed.Id, new CompleteTriage(triage));
        return filed.Id;
    }

    private async Task GiveAsync(string id, params CaseCommand[] commands)
    {
        foreach (var command in commands)
        {
            Assert.IsType<ChangeResult.Changed>(await _store.Cases.ChangeAsync(id, command, Officer, _store.Durable.Client, cancellationToken: Stop));
        }
    }
}
