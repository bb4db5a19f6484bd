using CityBrain.EarlyWarning;
using CityBrain.Embedded;
using CityBrain.Rehearsal.Play;
using CityBrain.Rehearsal.Replay;
using CityBrain.Rehearsal.Sample;
using CityBrain.Rehearsal.Stage;
using CityBrain.Tests.City;

namespace CityBrain.Tests.EarlyWarning;

/// <summary>Early warning outlives SIGKILL: it knows what it would have known without.</summary>
public sealed class KilledWatchTests : IDisposable
{
    private const int Appeals = 200;
    private const int Kills = 2;

    // Eight hours in a second, and alarms for next to nothing: days end, snapshots are kept and warnings raised within seconds.
    private static readonly string[] Settings = ["--Embedded:ClockSpeed=28800", "--EarlyWarning:LearnDays=1", "--EarlyWarning:FalseEpisodesAWeek=1000", "--EarlyWarning:SnapshotEntries=50"];
    private static readonly EarlyWarningOptions Options = new() { LearnDays = 1, FalseEpisodesAWeek = 1000 };
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly DateTimeOffset Start = new(2026, 3, 9, 0, 30, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("citybrain-watch-").FullName;
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private CancellationToken Stop => _limit.Token;

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    [Trait("behaviour", "Early warning: a crash loses no case, topic or warning, and doubles none")]
    public async Task KillNine_TwiceWhileAppealsCome_KnowsWhatAnUninterruptedRunKnows()
    {
        _limit.CancelAfter(Patience);
        Action<string> say = TestContext.Current.TestOutputHelper!.WriteLine;
        var appeals = ServiceRequestFile.Read(Path.Combine(AppContext.BaseDirectory, "data", "nyc-311.csv")).Take(Appeals).Select(row => SampleAppeal.Of(row, Start)).ToList();
        await using var app = await KillableApp.StartAsync(Path.Combine(_folder, "city.db"), Start, Settings, Stop);
        using var http = new HttpClient { BaseAddress = app.Http };
        var sent = await KilledReplay.RunAsync(app, new CityApi(http, app.Keys, new Score()), appeals, Kills, say, () => { }, Stop);
        await app.StopAsync();

        await using var tables = await EmbeddedTables.OpenAsync(app.Path, Stop);
        var store = WatchedStore.Open(tables.ConnectionString);
        var found = await store.CompareAsync(DemoCity.Model, Options, sent.CaseIds, Stop);
        say($"{found.Cases} cases, {found.Entries} entries, {found.Snapshot} in the snapshot, {found.Topics} topics, {found.Warnings} warnings, {sent.Repeated} requests sent again");
        Assert.Empty(found.Differences);
        Assert.Equal((Appeals, Appeals), (sent.CaseIds.Count, found.Cases));
        Assert.True(sent.Repeated > 0, "No request met a dead app.");
        Assert.True(found.Snapshot > 0, "No snapshot was kept.");
        Assert.True(found.Topics > 1 && found.Warnings > 0, "Nothing came of it.");
    }
}
