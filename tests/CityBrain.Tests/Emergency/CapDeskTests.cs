using System.Text;
using CityBrain.Cases;
using CityBrain.Emergency;
using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CityBrain.Tests.Emergency;

public sealed class CapDeskTests : IAsyncLifetime
{
    private static readonly Caller Weather = new("weather", Role.Intake);
    private readonly ToldOrders _notices = new();
    private readonly ListLogger _log = new();
    private TestStore _store = null!;
    private EmergencyStore _emergencies = null!;
    private CapDesk _desk = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await TestStore.OpenAsync();
        _emergencies = new EmergencyStore(_store.Tables, TestPlans.All, _store.Clock);
        var callers = new Callers(Options.Create(new Dictionary<string, CallerOptions>()));
        var desk = new EmergencyDesk(_emergencies, TestPlans.All, _store.Cases, SmallTown.City, _store.Clock);
        _desk = new CapDesk(desk, _emergencies, TestPlans.All, _notices, SmallTown.City, _store.Clock, _log);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    [Trait("behaviour", "Emergency: alerts come in as CAP")]
    public async Task Take_Alert_OpensADraftThatAwaitsItsAuthority()
    {
        var draft = await TakenAsync(CapSamples.Message());
        Assert.Equal((EmergencyState.Declared, "flood", EmergencyLevel.Orange, "d-west"), (draft.State, draft.PlanCode, draft.Level, draft.AreaId));
        Assert.Equal("w-1", Assert.Single(draft.Received).Identifier);
    }

    [Fact]
    public async Task Take_SameMessageAgain_IsTheSameResult()
    {
        var first = await TakenAsync(CapSamples.Message());
        Assert.Equal(first.Version, (await TakenAsync(CapSamples.Message())).Version);
        Assert.Single(await _emergencies.AllAsync(Stop));
    }

    [Fact]
    public async Task Take_SecondAlertOfTheSamePlace_JoinsAndNeverLowersTheDraft()
    {
        var first = await TakenAsync(CapSamples.Message());
        var joined = await TakenAsync(CapSamples.Message(identifier: "w-2", severity: "Minor"));
        Assert.Equal((first.Id, EmergencyLevel.Orange, 2), (joined.Id, joined.Level, joined.Received.Count));
        var east = await TakenAsync(CapSamples.Message(identifier: "w-3", place: "<polygon>0.01,0.11 0.02,0.11 0.02,0.15 0.01,0.11</polygon>"));
        Assert.Equal("d-east", east.AreaId);
        Assert.NotEqual(first.Id, east.Id);
    }

    [Fact]
    [Trait("behaviour", "Emergency: alerts come in as CAP")]
    public async Task Take_UpdateOfADraft_ChangesItsLevelAndCancelEndsItWithALine()
    {
        await TakenAsync(CapSamples.Message());
        var updated = await TakenAsync(CapSamples.Message("Update", "w-2", "Extreme", CapSamples.ReferenceTo("w-1")));
        Assert.Equal((EmergencyLevel.Red, 2), (updated.Level, updated.Received.Count));
        var cancelled = await TakenAsync(CapSamples.Message("Cancel", "w-3", "Minor", CapSamples.ReferenceTo("w-2")));
        Assert.Equal((EmergencyState.Ended, EmergencyLevel.Red, "Cancel", SmallTown.Morning), (cancelled.State, cancelled.Level, cancelled.Received[^1].Kind, cancelled.EndedAt));
        Assert.Contains("Cancel w-3", await LastLineAsync(cancelled.Id, EmergencyAction.CallOff), StringComparison.Ordinal);
        Assert.Equal(["called off in Ended"], _notices.Told);
    }

    [Fact]
    public async Task Take_CancelWhileTheResponseRuns_FlagsItAndTellsTheDutyOfficers()
    {
        var draft = await TakenAsync(CapSamples.Message());
        await _emergencies.ChangeAsync(draft.Id, _ => new Activate(), "duty", (_, _) => true, Stop);
        var cancel = CapSamples.Message("Cancel", "w-2", "Minor", CapSamples.ReferenceTo("w-1"));
        _notices.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => TakeAsync(cancel));
        _notices.Fails = false;
        var cancelled = await TakenAsync(cancel);
        Assert.Equal((EmergencyState.Active, true, 2), (cancelled.State, cancelled.IsCalledOff, cancelled.Received.Count));
        Assert.Contains("Cancel w-2", await LastLineAsync(draft.Id, EmergencyAction.CallOff), StringComparison.Ordinal);
        Assert.Equal(["called off in Active"], _notices.Told);
        var again = await TakenAsync(CapSamples.Message("Update", "w-3", "Severe", CapSamples.ReferenceTo("w-2")));
        Assert.False(again.IsCalledOff);
    }

    [Fact]
    public async Task Take_CancelOfOneOfTwoSenders_LeavesTheDraftStanding()
    {
        await TakenAsync(CapSamples.Message());
        await TakenAsync(CapSamples.Message(identifier: "o-1").Replace("weather@example.org", "office@example.org", StringComparison.Ordinal));
        var cancelled = await TakenAsync(CapSamples.Message("Cancel", "w-2", "Minor", CapSamples.ReferenceTo("w-1")));
        Assert.Equal((EmergencyState.Declared, false), (cancelled.State, cancelled.IsCalledOff));
        Assert.Empty(_notices.Told);
    }

    [Fact]
    public async Task Take_CancelOfADraftThatAPersonDeclared_OnlyFlagsIt()
    {
        await _emergencies.DeclareAsync(TestPlans.Record(areaId: "d-west"), "duty", Stop);
        Assert.Equal(TestPlans.Record().Id, (await TakenAsync(CapSamples.Message())).Id);
        var cancelled = await TakenAsync(CapSamples.Message("Cancel", "w-2", "Minor", CapSamples.ReferenceTo("w-1")));
        Assert.Equal((EmergencyState.Declared, true), (cancelled.State, cancelled.IsCalledOff));
        Assert.Equal(["called off in Declared"], _notices.Told);
    }

    [Fact]
    [Trait("behaviour", "Emergency: an expired or unreferenced update is rejected and logged")]
    public async Task Take_ExpiredOrUnreferencedUpdate_IsRejectedAndLogged()
    {
        var before = (await TakenAsync(CapSamples.Message())).Version;
        Assert.Equal("CAP_EXPIRED", await RejectionAsync(CapSamples.Message("Update", "w-2", references: CapSamples.ReferenceTo("w-1"), expires: "2024-09-18T09:59:59+08:00")));
        Assert.Equal("CAP_UNREFERENCED", await RejectionAsync(CapSamples.Message("Update", "w-3")));
        Assert.Equal(["Update CAP_EXPIRED", "Update CAP_UNREFERENCED"], _log.Lines.Select(line => $"{line.Split(' ')[1]} {line.Split(' ')[^1]}"));
        Assert.Equal(before, Assert.Single(await _emergencies.AllAsync(Stop)).Version);
    }

    [Fact]
    public async Task Take_UpdateWhileTheResponseRuns_LeavesTheLevelToTheAuthority()
    {
        var draft = await TakenAsync(CapSamples.Message());
        await _emergencies.ChangeAsync(draft.Id, _ => new Activate(), "duty", (_, _) => true, Stop);
        var updated = await TakenAsync(CapSamples.Message("Update", "w-2", "Extreme", CapSamples.ReferenceTo("w-1")));
        Assert.Equal((EmergencyState.Active, EmergencyLevel.Orange), (updated.State, updated.Level));
    }

    [Theory]
    [InlineData("Update", "")]
    [InlineData("Cancel", "weather@example.org,unknown,2024-09-18T09:00:00+08:00")]
    [InlineData("Update", "weather@example.org,w-1,2024-09-18T09:00:01+08:00")]
    public async Task Take_FollowerWithoutAKnownReference_IsRejected(string kind, string references)
    {
        await TakenAsync(CapSamples.Message());
        Assert.Equal("CAP_UNREFERENCED", await RejectionAsync(CapSamples.Message(kind, "w-2", references: references)));
    }

    [Fact]
    public async Task Take_ExpiredUnknownEventOrElsewhere_IsRejectedWithItsCode()
    {
        Assert.Equal("CAP_EXPIRED", await RejectionAsync(CapSamples.Message(expires: "2024-09-18T09:59:59+08:00")));
        Assert.Equal("CAP_NO_PLAN", await RejectionAsync(CapSamples.Message(@event: "meteor")));
        Assert.Equal("CAP_NO_AREA", await RejectionAsync(CapSamples.Message(place: "<polygon>50,50 50,51 51,51 50,50</polygon>")));
        Assert.Equal("CAP_NO_AREA", await RejectionAsync(CapSamples.Message(place: "")));
        Assert.Empty(await _emergencies.AllAsync(Stop));
    }

    [Fact]
    public async Task Take_PolygonThatCrossesItselfOverTheWholeTown_IsTheTown() =>
        Assert.Equal("town", (await TakenAsync(CapSamples.Message(place: "<polygon>-1,-1 1,1 -1,1 1,-1 -1,-1</polygon>"))).AreaId);

    private async Task<string> LastLineAsync(string id, EmergencyAction action)
    {
        var entry = (await _emergencies.HistoryAsync(id, Stop))[^1];
        Assert.Equal((action, "weather"), (entry.Action, entry.Actor));
        return entry.Summary!;
    }

    private async Task<EmergencyRecord> TakenAsync(string xml) => Assert.IsType<JsonHttpResult<EmergencyView>>(await TakeAsync(xml)).Value!.Emergency;

    private async Task<string?> RejectionAsync(string xml)
    {
        var problem = Assert.IsType<ProblemHttpResult>(await TakeAsync(xml));
        Assert.Equal(422, problem.StatusCode);
        return problem.ProblemDetails.Extensions["code"] as string;
    }

    private Task<IResult> TakeAsync(string xml)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(xml));
        var (message, fault) = CapReader.Read(stream);
        Assert.Null(fault);
        return _desk.TakeAsync(message!, Weather, _store.Durable.Client, Stop);
    }

    private sealed class ListLogger : ILogger<CapDesk>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
