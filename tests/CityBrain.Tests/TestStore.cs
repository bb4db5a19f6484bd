using System.Collections.Concurrent;
using Azure.Data.Tables;
using CityBrain.Burden;
using CityBrain.Cases;
using CityBrain.Embedded;
using CityBrain.Feedback;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace CityBrain.Tests;

/// <summary>The stores of the app on the embedded tables, through the official client, in a file of its own; nothing is delivered unless a test asks for it.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly string _folder;
    private readonly EmbeddedTables _tables;

    private readonly OutboxDispatcher _next;

    private TestStore(EmbeddedTables tables, string folder, Func<TestStore, IOutboxHandler[]> handlersOf)
    {
        _folder = folder;
        var handlers = new Lazy<IEnumerable<IOutboxHandler>>(() => handlersOf(this));
        (_tables, Tables) = (tables, new CityTables(new TableServiceClient(tables.ConnectionString)));
        Tally = new CaseTally(Tables);
        OutboxDispatcher Dispatcher() => new(Tables, new CaseTally(Tables), handlers, Pressure, NullLogger<OutboxDispatcher>.Instance) { HeldByLane = 2 };
        (Outbox, _next) = (Dispatcher(), Dispatcher());
        Sweep = new SweepOutbox(Tables, _next);
        Cases = new CaseStore(Tables, SmallTown.City, Outbox, Clock);
        Lists = new CaseLists(Tables);
        Query = new CaseQuery(Lists, Cases, Clock);
        Seats = new TaskSeats(Tables, Lists, Clock);
        Placing = new TaskPlacing(Seats, SmallTown.City, Clock);
        Words = new ReplyStatistics(Lists, Cases, Clock);
    }

    public CityTables Tables { get; }

    public CaseTally Tally { get; }

    public OutboxDispatcher Outbox { get; }

    public IntakePressure Pressure { get; } = new();

    /// <summary>The sweep of the next process: what this one has posted is lost to it.</summary>
    public SweepOutbox Sweep { get; }

    public CaseStore Cases { get; }

    public CaseLists Lists { get; }

    public CaseQuery Query { get; }

    public TaskSeats Seats { get; }

    public TaskPlacing Placing { get; }

    public ReplyStatistics Words { get; }

    public TestClock Clock { get; } = new(SmallTown.Morning);

    public FakeDurable Durable { get; } = new();

    public static Task<TestStore> OpenAsync(params IOutboxHandler[] handlers) => OpenAsync(_ => handlers);

    public static async Task<TestStore> OpenAsync(Func<TestStore, IOutboxHandler[]> handlers)
    {
        var folder = Directory.CreateTempSubdirectory("citybrain-").FullName;
        var store = new TestStore(await EmbeddedTables.OpenAsync(Path.Combine(folder, "city.db")), folder, handlers);
        await store.Tables.StartAsync(CancellationToken.None);
        return store;
    }

    /// <summary>Delivers everything that waits.</summary>
    public Task<int> SweepAsync() => Sweep.SweepAsync(Durable.Client, DateTimeOffset.MaxValue, TestContext.Current.CancellationToken);

    /// <summary>Every row of a table.</summary>
    public static async Task<List<TableEntity>> RowsAsync(TableClient table, string filter = "") =>
        await table.QueryAsync<TableEntity>(filter).ToListAsync(TestContext.Current.CancellationToken);

    /// <summary>Everything that a row says.</summary>
    public static string TextOf(TableEntity row) => string.Join('|', row.Keys.Select(key => row[key]));

    /// <summary>Every case, as it is now.</summary>
    public async Task<List<Case>> AllCasesAsync() =>
        [.. (await RowsAsync(Tables.Cases)).Where(row => row.RowKey.EndsWith("|c", StringComparison.Ordinal)).Select(StoredJson.Read<Case>)];

    /// <summary>What waits in the outbox, in the order of a sweep.</summary>
    public async Task<List<OutboxEntry>> WaitingAsync()
    {
        var rows = await RowsAsync(Tables.Cases, "RowKey ge 'o|' and RowKey lt 'o}'");
        return [.. rows.Select(row => StoredJson.Read<OutboxEntry>(row))];
    }

    public async ValueTask DisposeAsync()
    {
        Outbox.Dispose();
        _next.Dispose();
        await _tables.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A Durable client that remembers what it was asked for.</summary>
internal sealed class FakeDurable
{
    private readonly Mock<DurableTaskClient> _mock = new("fake") { CallBase = true };

    public FakeDurable()
    {
        _mock.Setup(client => client.ScheduleNewOrchestrationInstanceAsync(It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()))
            .Callback<TaskName, object?, StartOrchestrationOptions?, CancellationToken>((_, _, options, _) => Started.Enqueue(options!))
            .ReturnsAsync((TaskName _, object? _, StartOrchestrationOptions? options, CancellationToken _) => Start is null ? options!.InstanceId! : throw Start);
        _mock.Setup(client => client.RaiseEventAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<object?>(), It.IsAny<CancellationToken>()))
            .Callback<string, string, object?, CancellationToken>((id, _, payload, _) => Raised.Enqueue((id, (int)payload!)))
            .Returns(Task.CompletedTask);
        _mock.Setup(client => client.GetInstancesAsync(It.IsAny<string>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string id, bool _, CancellationToken _) => Instance);
    }

    public DurableTaskClient Client => _mock.Object;

    /// <summary>What a start throws, if anything.</summary>
    public Exception? Start { get; set; }

    /// <summary>The instance that a look-up finds.</summary>
    public OrchestrationMetadata? Instance { get; set; }

    public ConcurrentQueue<StartOrchestrationOptions> Started { get; } = new();

    public ConcurrentQueue<(string CaseId, int Version)> Raised { get; } = new();
}
