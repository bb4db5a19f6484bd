using CityBrain.Cases;
using CityBrain.Dispatch;
using CityBrain.Feedback;
using CityBrain.Supervision;

namespace CityBrain.Tests.Supervision;

public sealed class FactStoreTests
{
    private static readonly AnswerFeedback Solved = new(true, true, true, null);
    private static readonly Month September = new(2024, 9);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddAsync_TwiceOutOfOrderAndAtOnce_LeavesOneRowThatKnowsAll()
    {
        await using var host = await SupervisionHost.OpenAsync();
        var store = host.Get<FactStore>();
        CaseFact Fact(int version) => CaseFact.Of(Notifications.Entries.Of(CaseAction.ConfirmSolved, CaseState.Closed, version, at: SmallTown.Morning))!;
        await Task.WhenAll(new[] { 5, 3, 5, 4, 3, 6 }.Select(version => Task.Run(() => store.AddAsync(Fact(version), Stop), Stop)));
        await store.AddAsync(Fact(2), Stop);
        var fact = Assert.Single(await store.OfMonthAsync(September, Stop));
        Assert.Equal([2, 3, 4, 5, 6], fact.Steps.Select(step => step.Version));
        Assert.Equal(6, fact.Version);
    }

    [Fact]
    public async Task AddAsync_CallbackInTheNightOfAMonthsEnd_BelongsToTheMonthOfTheCitysClock()
    {
        await using var host = await SupervisionHost.OpenAsync();
        host.Store.Clock.Now = new DateTimeOffset(2024, 9, 30, 16, 30, 0, TimeSpan.Zero);
        var id = await host.CalledBackAsync("1", Solved);
        Assert.Null(await host.Get<FactStore>().FindAsync(September, id, Stop));
        Assert.NotNull(await host.Get<FactStore>().FindAsync(September.Plus(1), id, Stop));
    }

    [Fact]
    public async Task HandleAsync_ReopenedAndSolvedInTheNextMonth_HasARowInEachMonth()
    {
        await using var host = await SupervisionHost.OpenAsync();
        var id = await host.CalledBackAsync("1", new AnswerFeedback(false, false, false, "still there"));
        host.Store.Clock.Now = SmallTown.Morning.AddDays(30);
        await host.GiveAsync(id, new DispatchTo("sanitation"), new Accept(), new Arrive(), new Reply("Taken away now."), new PassReply(TimeSpan.FromDays(14)), Solved);
        var (first, second) = (await host.Get<FactStore>().FindAsync(September, id, Stop), await host.Get<FactStore>().FindAsync(September.Plus(1), id, Stop));
        Assert.Equal((FactKind.Unsolved, false), (first!.Outcome!.Kind, first.Outcome.Contacted));
        Assert.Equal((FactKind.Solved, true), (second!.Outcome!.Kind, second.Outcome.Contacted));
    }
}
