using CityBrain.Cases;
using CityBrain.Feedback;

namespace CityBrain.Tests.Feedback;

public sealed class ReplyStatisticsTests : IAsyncLifetime
{
    private static readonly Actor Officer = new("officer", ActorKind.Staff);
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private TestStore _store = null!;
    private ReplyStatistics _statistics = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        _statistics = new ReplyStatistics(_store.Lists, _store.Cases, _store.Clock);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Current_BeforeThereAreEnoughCases_KnowsNothingAndLooksAgainADayLater()
    {
        await VerifiedAsync(0, ReplyStatistics.FewestCases - 1);
        Assert.True((await _statistics.CurrentAsync(Token)).IsEmpty);
        await VerifiedAsync(ReplyStatistics.FewestCases - 1, 1);
        Assert.True((await _statistics.CurrentAsync(Token)).IsEmpty);
        _store.Clock.Now += TimeSpan.FromDays(1);
        var learned = await _statistics.CurrentAsync(Token);
        Assert.False(learned.IsEmpty);
        Assert.Same(learned, await _statistics.CurrentAsync(Token));
    }

    [Fact]
    public async Task Current_SecondCallerWhileOneLearns_GetsWhatIsThere()
    {
        await VerifiedAsync(0, ReplyStatistics.FewestCases);
        var both = await Task.WhenAll(Task.Run(() => _statistics.CurrentAsync(Token).AsTask(), Token), Task.Run(() => _statistics.CurrentAsync(Token).AsTask(), Token));
        Assert.Contains(both, statistics => !statistics.IsEmpty);
        Assert.False((await _statistics.CurrentAsync(Token)).IsEmpty);
    }

    private async Task VerifiedAsync(int first, int count)
    {
        await Parallel.ForEachAsync(Enumerable.Range(first, count), Token, async (number, token) =>
        {
            var (filed, _) = await _store.Cases.FileAsync(SmallTown.Draft($"{number}"), Officer, _store.Durable.Client, token);
            foreach (var command in Lives.To(CaseState.Verified))
            {
                Assert.IsType<ChangeResult.Changed>(await _store.Cases.ChangeAsync(filed.Id, command, Officer, _store.Durable.Client, cancellationToken: token));
            }
        });
    }
}
