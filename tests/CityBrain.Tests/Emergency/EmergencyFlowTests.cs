using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Emergency;
using CityBrain.Lifecycle;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Tests.Emergency;

/// <summary>An emergency through the whole app: signed, tasked down to the communities, confirmed or climbing, changed, ended and reviewed.</summary>
public sealed class EmergencyFlowTests
{
    private const string DistrictKey = "district-key-of-the-tests";
    private const string CityKey = "city-key-of-the-tests";

    private static readonly string[] Settings =
    [
        $"--Callers:bronx:Key={DistrictKey}", "--Callers:bronx:Role=Duty", "--Callers:bronx:Area=bronx", "--Callers:bronx:Authority=District", $"--Embedded:HostKeys:bronx={DistrictKey}",
        $"--Callers:headquarters:Key={CityKey}", "--Callers:headquarters:Role=Duty", "--Callers:headquarters:Authority=City", $"--Embedded:HostKeys:headquarters={CityKey}",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("behaviour", "Emergency: it goes from declared to reviewed by the steps of the table")]
    [Trait("behaviour", "Emergency: everything is in a log for the review")]
    public async Task Emergency_FromDeclaredToReviewed_IsSignedTaskedConfirmedChangedEndedAndLogged()
    {
        await using var app = await CityApp.StartAsync(Settings);
        using var headquarters = app.Client(CityKey);
        using var bronx = app.Client(DistrictKey);
        using var duty = app.Client(CityApp.DutyKey);
        var id = await DeclareAsync(headquarters, "1", "yellow", "bronx");
        Assert.Equal(id, await DeclareAsync(headquarters, "1", "yellow", "bronx", HttpStatusCode.OK));

        await RefusedAsync(duty, id, "activate", new { }, HttpStatusCode.Forbidden, "NOT_THE_AUTHORITY");
        await RefusedAsync(bronx, id, "activate", new { level = "red" }, HttpStatusCode.Forbidden, "NOT_THE_AUTHORITY");
        var illegal = await RefusedAsync(headquarters, id, "end", new { reason = "x" }, HttpStatusCode.Conflict, "ILLEGAL_COMMAND");
        Assert.Equal(["activate", "dismiss", "link"], illegal.GetProperty("commands").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(HttpStatusCode.NotFound, (await headquarters.GetAsync($"api/emergencies/{id}/cap.xml", Stop)).StatusCode);
        await CommandAsync(bronx, id, "activate", new { });

        var expected = EmergencyCare.AreasOf("bronx", app.Services.GetRequiredService<CityModel>().Areas).Count();
        Assert.InRange(expected, 10, 100);
        await UntilAsync(bronx, id, roll => roll.GetProperty("missing").GetArrayLength() == expected);
        await CommandAsync(bronx, id, "acknowledge", new { areaId = "bronx" });
        await UntilAsync(bronx, id, roll => roll.GetProperty("acknowledged").GetInt32() == 1);
        await RefusedAsync(bronx, id, "acknowledge", new { areaId = "queens" }, HttpStatusCode.BadRequest, "INVALID_COMMAND");

        await RefusedAsync(bronx, id, "adjust", new { level = "red", reason = "rain" }, HttpStatusCode.Forbidden, "NOT_THE_AUTHORITY");
        await CommandAsync(headquarters, id, "adjust", new { level = "red", reason = "the river rises" });
        await UntilAsync(bronx, id, roll => roll.GetProperty("acknowledged").GetInt32() == 0 && roll.GetProperty("missing")[0].GetProperty("tasks").GetArrayLength() > 1);
        var cap = XDocument.Parse(await headquarters.GetStringAsync($"api/emergencies/{id}/cap.xml", Stop));
        Assert.Equal(("Update", 1), (cap.Root!.Element(CapWriter.Cap + "msgType")!.Value, cap.Root.Element(CapWriter.Cap + "references")!.Value.Split(' ').Length));

        await LinkAsync(app, headquarters, id);
        await CommandAsync(headquarters, id, "end", new { reason = "the river falls" });
        await UntilAsync(bronx, id, roll => roll.GetProperty("expected").GetInt32() == 0);
        await CommandAsync(headquarters, id, "review", new { findings = "pumps came late" });
        await LogSaysAllAsync(headquarters, id, expected);
    }

    [Fact]
    [Trait("behaviour", "Emergency: the roll-call names who has not confirmed")]
    public async Task Emergency_NobodyConfirms_IsRemindedClimbsAndIsNamedInTheRollCall()
    {
        await using var app = await CityApp.StartAsync([.. Settings, "--Embedded:ClockSpeed=900"]);
        using var headquarters = app.Client(CityKey);
        var id = await DeclareAsync(headquarters, "1", "red", "staten-island");
        await CommandAsync(headquarters, id, "activate", new { });
        var store = app.Services.GetRequiredService<EmergencyStore>();
        await Eventually.HoldsAsync(async () =>
        {
            var orders = await store.OrdersAsync(id, Stop);
            var calls = (await store.HistoryAsync(id, Stop)).Where(entry => entry.Action is EmergencyAction.RollCall);
            return orders.Count > 2 && calls.Any(call => call.Summary!.Contains("missing: ", StringComparison.Ordinal))
                && orders.All(order => order.Log.Any(step => step.Kind is OrderEventKind.Reminded) && order.Log.Any(step => step.Kind is OrderEventKind.Climbed && step.Who == "demo-city"));
        });
        Assert.All(await store.OrdersAsync(id, Stop), order => Assert.Equal(order.Log.Select(step => step.At).Order(), order.Log.Select(step => step.At)));
    }

    [Fact]
    public async Task Cap_FromOutside_OpensADraftOnceAndHostileOnesAreRefused()
    {
        await using var app = await CityApp.StartAsync(Settings);
        using var weather = app.Client(CityApp.IntakeKey);
        using var staff = app.Client(CityApp.StaffKey);
        var alert = CapSamples.Message(place: "<geocode><valueName>area</valueName><value>queens</value></geocode>");
        var first = await PostCapAsync(weather, alert, HttpStatusCode.OK);
        Assert.Equal(first.GetProperty("emergency").GetProperty("id").GetString(), (await PostCapAsync(weather, alert, HttpStatusCode.OK)).GetProperty("emergency").GetProperty("id").GetString());
        Assert.Equal("CAP_UNREFERENCED", (await PostCapAsync(weather, CapSamples.Message("Update", "w-9"), HttpStatusCode.UnprocessableEntity)).GetProperty("code").GetString());
        Assert.Equal("MALFORMED_CAP", (await PostCapAsync(weather, "<!DOCTYPE a SYSTEM 'http://x/'><a/>", HttpStatusCode.BadRequest)).GetProperty("code").GetString());
        Assert.Equal("BODY_TOO_LARGE", (await PostCapAsync(weather, new string(' ', CapReader.Limit + 1), HttpStatusCode.RequestEntityTooLarge)).GetProperty("code").GetString());
        await PostCapAsync(staff, alert, HttpStatusCode.Forbidden);
        Assert.Single((await staff.GetFromJsonAsync<JsonElement>("api/emergencies", Stop)).GetProperty("emergencies").EnumerateArray());
    }

    [Fact]
    public async Task Sweep_RecordWithoutItsOrchestration_StartsIt()
    {
        await using var store = await TestStore.OpenAsync();
        var emergencies = new EmergencyStore(store.Tables, TestPlans.All, store.Clock);
        await emergencies.DeclareAsync(TestPlans.Record(), "duty", Stop);
        await new SweepEmergencies(emergencies).RunAsync(new(), store.Durable.Client, Stop);
        Assert.Equal(TestPlans.Record().Id, Assert.Single(store.Durable.Started).InstanceId);
        Assert.Equal(EmergencySignal.Orchestration, nameof(EmergencyCommand));
    }

    private static async Task LinkAsync(CityApp app, HttpClient headquarters, string id)
    {
        using var intake = app.Client(CityApp.IntakeKey);
        var filed = await (await intake.PostAsJsonAsync("api/appeals", new { channel = "app", sourceId = "1", text = "the cellar is flooded" }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        var caseId = filed.GetProperty("caseId").GetString()!;
        await CommandAsync(headquarters, id, "link", new { caseId });
        await CommandAsync(headquarters, id, "link", new { caseId });
        Assert.Equal(id, (await app.Services.GetRequiredService<CaseStore>().FindAsync(caseId, Stop))!.EmergencyId);
        Assert.Equal([caseId], await app.Services.GetRequiredService<EmergencyStore>().CasesAsync(id, Stop));
        var unlinked = await headquarters.PostAsJsonAsync($"api/cases/{caseId}/linkEmergency", new { }, Stop);
        Assert.Equal(HttpStatusCode.OK, unlinked.StatusCode);
        var wrong = await headquarters.PostAsJsonAsync($"api/cases/{caseId}/linkEmergency", new { emergencyId = CaseKeys.CaseId("x", "y") }, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        await CommandAsync(headquarters, id, "link", new { caseId });
        Assert.Equal(id, (await app.Services.GetRequiredService<CaseStore>().FindAsync(caseId, Stop))!.EmergencyId);
    }

    private static async Task LogSaysAllAsync(HttpClient client, string id, int areas)
    {
        var log = await client.GetFromJsonAsync<JsonElement>($"api/emergencies/{id}/log", Stop);
        var steps = log.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("what").GetString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "Declare", "Activate", "Sent", "Acknowledged", "Adjust", "Link", "End", "CalledOff", "Review" }, steps);
        Assert.Equal((areas, 1), (log.GetProperty("areas").GetArrayLength(), log.GetProperty("cases").GetArrayLength()));
        client.DefaultRequestHeaders.Accept.Clear();
        client.DefaultRequestHeaders.Accept.ParseAdd("text/plain");
        Assert.Contains("pumps came late", await client.GetStringAsync($"api/emergencies/{id}/log", Stop), StringComparison.Ordinal);
    }

    private static async Task<string> DeclareAsync(HttpClient client, string sourceId, string level, string areaId, HttpStatusCode expected = HttpStatusCode.Created)
    {
        var response = await client.PostAsJsonAsync("api/emergencies", new { sourceId, plan = "flood", level, areaId }, Stop);
        Assert.Equal(expected, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("emergency").GetProperty("id").GetString()!;
    }

    private static async Task CommandAsync(HttpClient client, string id, string command, object body)
    {
        var response = await client.PostAsJsonAsync($"api/emergencies/{id}/{command}", body, Stop);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Stop));
    }

    private static async Task<JsonElement> RefusedAsync(HttpClient client, string id, string command, object body, HttpStatusCode status, string code)
    {
        var response = await client.PostAsJsonAsync($"api/emergencies/{id}/{command}", body, Stop);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal((status, code), (response.StatusCode, problem.GetProperty("code").GetString()));
        return problem;
    }

    private static async Task<JsonElement> PostCapAsync(HttpClient client, string xml, HttpStatusCode expected)
    {
        using var body = new StringContent(xml, Encoding.UTF8, "application/cap+xml");
        var response = await client.PostAsync("api/emergencies/cap", body, Stop);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private static Task UntilAsync(HttpClient client, string id, Predicate<JsonElement> holds) =>
        Eventually.HoldsAsync(async () => holds(await client.GetFromJsonAsync<JsonElement>($"api/emergencies/{id}/rollcall", Stop)));
}
