using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CityBrain.Tests.Lifecycle;

/// <summary>A whistle through the whole app: the lead blows, the parties' own staff answer, the orchestration keeps the clock.</summary>
public sealed class WhistleFlowTests
{
    private static readonly string[] Parties = ["dpr", "dot"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whistle_OneComesAndOneDoesNot_ClosesByTheLeadWithScoresAndAnAbsence()
    {
        // Half a day in a second: three working days are over in some ten seconds.
        await using var app = await CityApp.StartAsync([
            "--Embedded:ClockSpeed=43200", "--Embedded:ClockStart=2026-03-09T00:30:00Z",
            .. Staff("dsny"), .. Staff("dpr"), .. Staff("dot")]);
        using var lead = app.Client(KeyOf("dsny"));
        using var parks = app.Client(KeyOf("dpr"));
        using var roads = app.Client(KeyOf("dot"));
        var caseId = await HandlingCaseAsync(app);
        Assert.Equal(HttpStatusCode.NotFound, (await parks.GetAsync("api/cases/" + caseId, Stop)).StatusCode);
        await GiveAsync(lead, caseId, "whistle", new { parties = Parties, purpose = "clear the corner together" });

        Assert.Equal(HttpStatusCode.Forbidden, (await parks.PostAsJsonAsync($"api/cases/{caseId}/reply", new { text = "The corner was cleared by us today." }, Stop)).StatusCode);
        var illegal = await parks.PostAsJsonAsync($"api/cases/{caseId}/contribute", new { text = "done" }, Stop);
        Assert.Equal(HttpStatusCode.Conflict, illegal.StatusCode);
        Assert.Equal("signWhistle", (await illegal.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("commands").EnumerateArray().Single().GetString());
        foreach (var (step, body) in new (string, object)[] { ("signWhistle", new { }), ("contactWhistle", new { }), ("arriveWhistle", new { }), ("contribute", new { text = "A lorry and two men" }) })
        {
            await GiveAsync(parks, caseId, step, body);
        }

        await UntilAsync(lead, "api/cases/" + caseId, view => PartyOf(view, "dot").TryGetProperty("absentAt", out _));
        await UntilAsync(roads, "api/notices?channel=department-dot", view => Kinds(view).Contains("whistleAbsent") && Kinds(view).Contains("whistleBlown") && Kinds(view).Contains("whistleReminder"));
        await UntilAsync(lead, "api/notices?channel=department-dsny", view => Kinds(view).Contains("whistleAbsent") && Kinds(view).Contains("whistleContributed"));
        await GiveAsync(lead, caseId, "rateWhistle", new { party = "dpr", arrival = 5, effect = 3 });
        await GiveAsync(lead, caseId, "closeWhistle", new { reason = "one did not come" });
        var closed = (await lead.GetFromJsonAsync<JsonElement>("api/cases/" + caseId, Stop)).GetProperty("whistles")[0];
        Assert.Equal("dsny", closed.GetProperty("closedBy").GetString());
        Assert.Equal((5, 3), (PartyOf(closed, "dpr").GetProperty("arrivalScore").GetInt32(), PartyOf(closed, "dpr").GetProperty("effectScore").GetInt32()));
    }

    private static async Task<string> HandlingCaseAsync(CityApp app)
    {
        using var intake = app.Client(CityApp.IntakeKey);
        using var duty = app.Client(CityApp.DutyKey);
        var appeal = new { channel = "hotline", sourceId = "1", text = "Missed collection: the garbage was not collected", location = new { lat = 40.7, lon = -73.95 } };
        var filed = await (await intake.PostAsJsonAsync("api/appeals", appeal, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        var caseId = filed.GetProperty("caseId").GetString()!;
        await UntilAsync(duty, "api/cases/" + caseId, view => view.GetProperty("status").GetString() == "dispatched");
        await GiveAsync(duty, caseId, "accept", new { });
        await GiveAsync(duty, caseId, "arrive", new { });
        return caseId;
    }

    private static async Task GiveAsync(HttpClient client, string caseId, string command, object body)
    {
        var answer = await client.PostAsJsonAsync($"api/cases/{caseId}/{command}", body, Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{command}: {await answer.Content.ReadAsStringAsync(Stop)}");
    }

    private static Task UntilAsync(HttpClient client, string path, Func<JsonElement, bool> reached) =>
        Eventually.HoldsAsync(async () => reached(await client.GetFromJsonAsync<JsonElement>(path, Stop)), TimeSpan.FromSeconds(90));

    private static JsonElement PartyOf(JsonElement view, string party)
    {
        var whistle = view.TryGetProperty("whistles", out var rounds) ? rounds[0] : view;
        return whistle.GetProperty("parties").EnumerateArray().Single(candidate => candidate.GetProperty("id").GetString() == party);
    }

    private static List<string> Kinds(JsonElement notices) => [.. notices.GetProperty("notices").EnumerateArray().Select(notice => notice.GetProperty("kind").GetString()!)];

    private static string KeyOf(string department) => $"{department}-key-of-the-tests";

    private static string[] Staff(string department) =>
    [
        $"--Callers:{department}:Key={KeyOf(department)}", $"--Callers:{department}:Role=Staff", $"--Callers:{department}:Department={department}", $"--Embedded:HostKeys:{department}={KeyOf(department)}",
    ];
}
