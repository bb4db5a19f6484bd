using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using CityBrain.Cases;
using CityBrain.Intake;
using Microsoft.Azure.Functions.Worker;
using Moq;

namespace CityBrain.Tests.Intake;

public sealed class TakeSensorEventsTests : IAsyncLifetime
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private readonly ConcurrentBag<string> _completed = [];
    private readonly ConcurrentBag<(string Id, string Reason, string Description)> _dead = [];
    private readonly Mock<ServiceBusMessageActions> _actions = new();
    private readonly Mock<IReadingListener> _listener = new();
    private TestStore _store = null!;
    private TakeSensorEvents _events = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        _events = new TakeSensorEvents(new SensorDesk(_store.Tables, _store.Cases, _listener.Object, SmallTown.City), _listener.Object, SmallTown.City, _store.Clock);
        _actions.Setup(actions => actions.CompleteMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
            .Callback<ServiceBusReceivedMessage, CancellationToken>((message, _) => _completed.Add(message.MessageId)).Returns(Task.CompletedTask);
        _actions.Setup(actions => actions.DeadLetterMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<Dictionary<string, object>?>(), It.IsAny<string?>(), It.IsAny<string?>(), It.IsAny<CancellationToken>()))
            .Callback<ServiceBusReceivedMessage, Dictionary<string, object>?, string?, string?, CancellationToken>((message, _, reason, description, _) => _dead.Add((message.MessageId, reason!, description!))).Returns(Task.CompletedTask);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Run_GoodAndBadMessages_SettlesEachByItself()
    {
        await TakeAsync(At(0, 1), ("junk", "{"), ("stray", At(1, 1).Body.Replace("gauge-1", "gauge-9", StringComparison.Ordinal)));
        Assert.Equal(["0"], _completed);
        Assert.Equal([("junk", "NotCloudEvent"), ("stray", "UnknownDevice")], _dead.Select(dead => (dead.Id, dead.Reason)).Order());
        Assert.All(_dead, dead => Assert.NotEmpty(dead.Description));
    }

    [Fact]
    public async Task Run_HeldHighWater_FilesOneCaseHoweverOftenItIsDelivered()
    {
        var messages = new[] { At(0, 2.5), At(5, 2.6), At(10, 2.7), At(12, 2.8) };
        await TakeAsync(messages);
        await TakeAsync(messages);
        await TakeAsync(messages[2]);
        var filed = Assert.Single(await CasesAsync());
        Assert.Equal(("gauge-1/high/20240918T020000Z", OriginKind.Sensor, SmallTown.Morning), (filed.Origin.SourceId, filed.Origin.Kind, filed.OccurredAt));
        Assert.Equal(1, filed.Version);
    }

    [Fact]
    public async Task Run_HighWaterOfWhichAWarningHasACase_IsPutThereAndFilesNone()
    {
        var (warned, _) = await _store.Cases.FileAsync(SmallTown.Draft() with { Origin = new CaseOrigin(OriginKind.Warning, "warning", "water-000001") }, Actor.Sensors, _store.Durable.Client, Token);
        _listener.Setup(listener => listener.OpenCaseAsync(SmallTown.Gauge, It.IsAny<CancellationToken>())).ReturnsAsync(warned.Id);
        await TakeAsync(At(0, 2.5), At(10, 2.7), At(20, 1.2));
        Assert.Equal(SmallTown.Morning.AddMinutes(20), Assert.Single(await CasesAsync()).SensorClearedAt);
    }

    [Fact]
    public async Task Run_ListenerFails_LeavesTheMessages()
    {
        _listener.Setup(listener => listener.TakeAsync(SmallTown.Gauge, It.IsAny<IReadOnlyList<SensorReading>>(), It.IsAny<CancellationToken>())).ThrowsAsync(new IOException());
        await Assert.ThrowsAsync<IOException>(() => TakeAsync(At(0, 1)));
        Assert.Empty(_completed);
    }

    [Fact]
    public async Task Run_RulesWereNotStoredBeforeTheCrash_FilesNothingTwice()
    {
        var messages = new[] { At(0, 2.5), At(10, 2.7) };
        await TakeAsync(messages);
        foreach (var row in await TestStore.RowsAsync(_store.Tables.DeviceRules))
        {
            await _store.Tables.DeviceRules.DeleteEntityAsync(row.PartitionKey, row.RowKey, cancellationToken: Token);
        }

        await TakeAsync(messages);
        Assert.Single(await CasesAsync());
    }

    [Fact]
    public async Task Run_ClearedAndTrippedAgainWhileOpen_NotesBothOnTheSameCase()
    {
        await TakeAsync(At(0, 2.5), At(10, 2.7), At(20, 1.0));
        Assert.Equal(SmallTown.Morning.AddMinutes(20), Assert.Single(await CasesAsync()).SensorClearedAt);
        await TakeAsync(At(30, 2.5), At(40, 2.7));
        Assert.Null(Assert.Single(await CasesAsync()).SensorClearedAt);
    }

    [Fact]
    public async Task Run_TrippedAgainAfterTheEnd_FilesANewCase()
    {
        await TakeAsync(At(0, 2.5), At(10, 2.7), At(20, 1.0));
        var id = Assert.Single(await CasesAsync()).Id;
        Assert.IsType<ChangeResult.Changed>(await _store.Cases.ChangeAsync(id, new CityBrain.Triage.Withdraw("test"), new Actor("x", ActorKind.Staff), _store.Durable.Client, cancellationToken: Token));
        await TakeAsync(At(30, 2.5), At(40, 2.7));
        Assert.Equal(2, (await CasesAsync()).Count);
    }

    [Fact]
    public async Task Run_DeliveriesAtOnce_FileOneCase()
    {
        await TakeAsync(At(0, 2.5));
        await Task.WhenAll(Enumerable.Range(10, 8).Select(minute => Task.Run(() => TakeAsync(At(minute, 2.7)), Token)));
        Assert.Single(await CasesAsync());
        Assert.Equal(9, _completed.Count);
    }

    [Fact]
    public async Task Run_StorageIsDown_CompletesNothingOfThatDevice()
    {
        await _store.Tables.DeviceRules.DeleteAsync(Token);
        await Assert.ThrowsAnyAsync<Exception>(() => TakeAsync(At(0, 1)));
        Assert.Empty(_completed);
    }

    private Task<List<Case>> CasesAsync() => _store.AllCasesAsync();

    private static (string Id, string Body) At(int minute, double value) => (
        $"{minute}",
        $$$"""{"specversion":"1.0","id":"{{{minute}}}","type":"reading","source":"gauge-1","time":"{{{SmallTown.Morning.AddMinutes(minute):O}}}","data":{"measure":"level","value":{{{value.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}}}""");

    private Task TakeAsync(params (string Id, string Body)[] messages) => _events.RunAsync(
        [.. messages.Select(message => ServiceBusModelFactory.ServiceBusReceivedMessage(BinaryData.FromString(message.Body), message.Id))],
        _actions.Object,
        _store.Durable.Client,
        Token);
}
