using CityBrain.Cases;
using CityBrain.EarlyWarning.Topics;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.EarlyWarning.Watching;
using CityBrain.Intake;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.EarlyWarning;

public sealed class WatchDeskTests : IAsyncLifetime
{
    private static readonly WatchEntry[] Weeks = [.. WatchDays.Quiet(0, 40), .. WatchDays.Burst(40.1, 12), .. WatchDays.Quiet(41, 43, seed: 8)];

    private readonly Told _told = new();
    private TestStore _store = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private WarningStore Warnings => new(_store.Tables);

    public async ValueTask InitializeAsync() => _store = await TestStore.OpenAsync();

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Take_Burst_PublishesOneWarningWithOneCaseAndTellsOnce()
    {
        using var desk = Desk();
        await desk.TakeAsync(Weeks, _store.Durable.Client, Token);
        var kept = Assert.Single(await Warnings.ListAsync(10, Token));
        Assert.Equal(_told.Warnings.Select(told => told.Revision).Distinct().Count(), _told.Warnings.Count);
        Assert.Equal(1, _told.Warnings[0].Revision);
        var opened = await _store.Cases.FindAsync(kept.CaseId!, Token);
        Assert.Equal((OriginKind.Warning, WarningCase.IdOf(kept.Warning.Id), null), (opened!.Origin.Kind, opened.Id, opened.Origin.ReporterKey));
    }

    [Fact]
    public async Task Take_EverythingTwice_ChangesNothing()
    {
        using var desk = Desk();
        await desk.TakeAsync(Weeks, _store.Durable.Client, Token);
        var before = await EndAsync();
        var told = _told.Warnings.Count;
        await desk.TakeAsync(Weeks.Reverse().ToList(), _store.Durable.Client, Token);
        using var next = Desk();
        await next.TakeAsync(Weeks, _store.Durable.Client, Token);
        Assert.Equal((before, told), (await EndAsync(), _told.Warnings.Count));
    }

    [Fact]
    public async Task Take_FailsAnywhere_EndsAsIfNothingHadFailed()
    {
        string expected;
        using (var desk = Desk())
        {
            await desk.TakeAsync(Weeks, _store.Durable.Client, Token);
            expected = await EndAsync();
        }

        await _store.DisposeAsync();
        _store = await TestStore.OpenAsync();
        _told.Clear();
        for (var at = 0; at < Weeks.Length; at += 7)
        {
            // Each batch is taken by a process of its own; while people are told of a warning, every second time something fails.
            using var desk = Desk();
            var batch = Weeks.Skip(at).Take(7).ToList();
            _told.FailsNext = at % 2 == 0;
            try
            {
                await desk.TakeAsync(batch, _store.Durable.Client, Token);
            }
            catch (IOException)
            {
                await desk.TakeAsync(batch, _store.Durable.Client, Token);
            }
        }

        Assert.True(_told.Failures > 0, "Nothing failed.");
        Assert.Equal(expected, await EndAsync());
    }

    [Fact]
    public async Task Take_TwoWritersInTurn_LoseNothing()
    {
        using (var alone = Desk())
        {
            await alone.TakeAsync(Weeks, _store.Durable.Client, Token);
        }

        var expected = await EndAsync();
        await _store.DisposeAsync();
        _store = await TestStore.OpenAsync();
        using var one = Desk();
        using var other = Desk();
        foreach (var (batch, number) in Weeks.Chunk(20).Select((batch, number) => (batch, number)))
        {
            await (number % 2 == 0 ? one : other).TakeAsync(batch, _store.Durable.Client, Token);
        }

        Assert.Equal(expected, await EndAsync());
    }

    [Fact]
    public async Task Load_HalfWrittenSnapshot_IsAsIfItHadNotBegun()
    {
        using (var desk = Desk())
        {
            await desk.TakeAsync(Weeks, _store.Durable.Client, Token);
        }

        var expected = await EndAsync();
        foreach (var part in new[] { "topics", "subjects", "warnings", "words" })
        {
            var rows = await TestStore.RowsAsync(_store.Tables.Watch, $"PartitionKey eq '{part}'");
            Assert.True(rows.Count > 0 || part == "warnings");
            foreach (var row in rows.Take(20))
            {
                // What a crash in the middle of the next snapshot would leave.
                row.RowKey = row.RowKey[..^12] + "000000999999";
                await _store.Tables.Watch.AddEntityAsync(row, Token);
            }
        }

        using var next = Desk();
        await next.TakeAsync([], _store.Durable.Client, Token);
        Assert.Equal(expected, await EndAsync());
        Assert.DoesNotContain(await TestStore.RowsAsync(_store.Tables.Watch), row => row.RowKey.EndsWith("000000999999", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Take_NewSignsAfterTheReply_AreNotedOnTheCase()
    {
        using var desk = Desk();
        await desk.TakeAsync([.. WatchDays.Quiet(0, 40), .. WatchDays.Burst(40.1, 9)], _store.Durable.Client, Token);
        var id = Assert.Single(await Warnings.ListAsync(10, Token)).CaseId!;
        _store.Clock.Now = WatchDays.At(40.2);
        foreach (var command in Lives.To(CaseState.Verified))
        {
            Assert.IsType<ChangeResult.Changed>(await _store.Cases.ChangeAsync(id, command, SmallTown.Duty, _store.Durable.Client, cancellationToken: Token));
        }

        await desk.TakeAsync([.. WatchDays.Burst(40.5, 9)], _store.Durable.Client, Token);
        Assert.True((await _store.Cases.FindAsync(id, Token))!.RecurredAt >= WatchDays.At(40.5));
    }

    [Fact]
    public async Task Board_ShowsTopicsWithoutWording()
    {
        using var desk = Desk();
        await desk.TakeAsync(Weeks, _store.Durable.Client, Token);
        var topics = await new TopicBoard(_store.Tables).ListAsync(WatchDays.At(39), 5, Token).ToListAsync(Token);
        var depot = Assert.Single(topics, topic => topic.Reporters == 12 && topic.First > WatchDays.At(40));
        Assert.False(string.IsNullOrWhiteSpace(depot.Name), CityJson.Write(topics.Select(topic => new { topic.Name, topic.Members, topic.First })));
        Assert.Equal("rubbish", depot.Categories[0]);
        Assert.DoesNotContain("windows", CityJson.Write(depot with { Phrases = [], Name = null }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Board_BurstIsOver_ShowsNone(int entriesOfABatch)
    {
        using var desk = Desk();
        foreach (var batch in WatchDays.Quiet(0, 40).Concat(WatchDays.Burst(40.1, 12)).Chunk(entriesOfABatch))
        {
            await desk.TakeAsync(batch, _store.Durable.Client, Token);
        }

        var depot = Assert.Single(await ShownAsync(), topic => topic.Burst > 0);
        foreach (var batch in Enumerable.Range(41, 20).Select(WatchDays.Midnight).Chunk(entriesOfABatch))
        {
            await desk.TakeAsync(batch, _store.Durable.Client, Token);
        }

        Assert.Equal(0, (await ShownAsync()).Single(topic => topic.Id == depot.Id).Burst);
    }

    private Task<List<TopicView>> ShownAsync() => new TopicBoard(_store.Tables).ListAsync(DateTimeOffset.UnixEpoch, 0, Token).ToListAsync(Token).AsTask();

    private WatchDesk Desk() => new(
        new WatchJournal(_store.Tables),
        new TopicBoard(_store.Tables),
        new WarningDesk(Warnings, _store.Cases, new SensorDesk(_store.Tables, _store.Cases, Moq.Mock.Of<IReadingListener>(), SmallTown.City), _told, SmallTown.City, Options.Create(WatchDays.Options), WatchDays.Ground),
        SmallTown.City,
        WatchDays.Ground,
        Options.Create(WatchDays.Options),
        NullLogger<WatchDesk>.Instance);

    /// <summary>All that can be seen in the end.</summary>
    private async Task<string> EndAsync()
    {
        var topics = (await TestStore.RowsAsync(_store.Tables.Topics)).Select(row => row.PartitionKey + row.GetString("Data"));
        return CityJson.Write(topics) + CityJson.Write(await Warnings.ListAsync(100, Token));
    }

    private sealed class Told : IWarningNotices
    {
        public List<Warning> Warnings { get; } = [];

        public bool FailsNext { get; set; }

        public int Failures { get; private set; }

        public void Clear() => Warnings.Clear();

        public Task TellAsync(Warning warning, string? caseId, CancellationToken cancellationToken)
        {
            if (FailsNext)
            {
                (FailsNext, Failures) = (false, Failures + 1);
                throw new IOException("no way to tell");
            }

            Warnings.Add(warning);
            return Task.CompletedTask;
        }

        public Task TellAsync(WarningDigest digest, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
