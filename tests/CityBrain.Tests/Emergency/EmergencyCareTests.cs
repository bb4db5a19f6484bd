using CityBrain.Emergency;

namespace CityBrain.Tests.Emergency;

public sealed class EmergencyCareTests : IAsyncLifetime
{
    private readonly ToldOrders _notices = new();
    private TestStore _store = null!;
    private EmergencyStore _emergencies = null!;
    private EmergencyCare _care = null!;
    private string _id = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        _emergencies = new EmergencyStore(_store.Tables, TestPlans.All, _store.Clock);
        _care = new EmergencyCare(_emergencies, TestPlans.All, _notices, SmallTown.City, _store.Clock);
        _id = (await _emergencies.DeclareAsync(TestPlans.Record(areaId: "d-west"), "duty", Stop)).Emergency.Id;
        await MoveAsync(new Activate());
        await _care.TaskAsync(_id, "d-west", Stop);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task Watch_NewOrders_AreToldToEachAreaOnce()
    {
        await _care.WatchAsync(_id, Stop);
        await _care.WatchAsync(_id, Stop);
        Assert.Equal(["c-west Sent", "d-west Sent", "s-west Sent"], _notices.Told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Watch_TellingFails_TellsTheNextTime()
    {
        _notices.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => _care.WatchAsync(_id, Stop));
        _notices.Fails = false;
        await _care.WatchAsync(_id, Stop);
        Assert.Equal(3, _notices.Told.Count);
    }

    [Fact]
    public async Task Watch_NobodyConfirms_TellsTheAreaAgainAndThenTheNextLevel()
    {
        await _emergencies.ChangeOrderAsync(_id, "s-west", order => OrderRules.Acknowledge(order!, "west", _store.Clock.Now), Stop);
        await _emergencies.ChangeOrderAsync(_id, "d-west", order => OrderRules.Acknowledge(order!, "west", _store.Clock.Now), Stop);
        await _care.WatchAsync(_id, Stop);
        _notices.Told.Clear();
        for (var i = 0; i < 4; i++)
        {
            _store.Clock.Now += TimeSpan.FromMinutes(30);
            await _care.WatchAsync(_id, Stop);
        }

        Assert.Equal(["c-west Reminded", "c-west Climbed to s-west", "c-west Climbed to d-west", "c-west Climbed to town"], _notices.Told);
    }

    [Fact]
    public async Task Watch_AfterTheEnd_TellsThatTheOrdersAreOver()
    {
        await _care.WatchAsync(_id, Stop);
        await MoveAsync(new End("the river falls"));
        await _care.TaskAsync(_id, "d-west", Stop);
        _notices.Told.Clear();
        Assert.Null(await _care.WatchAsync(_id, Stop));
        Assert.Equal(["c-west CalledOff", "d-west CalledOff", "s-west CalledOff"], _notices.Told.Order(StringComparer.Ordinal));
    }

    private async Task MoveAsync(EmergencyMove move) => Assert.IsType<MoveResult.Changed>(await _emergencies.ChangeAsync(_id, _ => move, "duty", (_, _) => true, Stop));
}
