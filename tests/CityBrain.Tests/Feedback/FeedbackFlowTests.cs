using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityBrain.Cases;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Tests.Feedback;

/// <summary>From an appeal to the reporter's answer, through the whole app.</summary>
public sealed class FeedbackFlowTests
{
    private static readonly Dictionary<string, string> Solved = new() { ["contacted"] = "yes", ["solved"] = "yes", ["satisfied"] = "yes", ["comment"] = "call me at 13800138000" };
    private static readonly Dictionary<string, string> Unsolved = new(Solved) { ["solved"] = "no", ["satisfied"] = "no" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("behaviour", "Feedback: a link is good once and for a time, then 410")]
    public async Task Feedback_SolvedThenTwiceUnsolved_ClosesReopensAndIsGone()
    {
        await using var app = await CityApp.StartAsync();
        var (caseId, link) = await VerifiedCaseAsync(app);
        using var reporter = app.Client(accept: "text/html");

        var page = await reporter.GetAsync(link, Stop);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("The garbage at the corner was collected this morning.", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(reporter, link, Solved)).StatusCode);
        var closed = await app.Services.GetRequiredService<CaseStore>().FindAsync(caseId, Stop);
        Assert.Equal((CaseState.Closed, "call me at [phone]"), (closed!.State, closed.Answer!.Comment));
        await AssertGoneAsync(await PostAsync(reporter, link, Solved), "ANSWERED");

        Assert.Equal(HttpStatusCode.OK, (await PostAsync(reporter, link, Unsolved)).StatusCode);
        using var json = app.Client();
        await AssertGoneAsync(await PostAsync(json, link, Unsolved), "ANSWERED");
        await AssertGoneAsync(await json.GetAsync(link, Stop), "ANSWERED");
    }

    [Fact]
    public async Task Feedback_LinkThatWasNotMadeHere_IsNotFound()
    {
        await using var app = await CityApp.StartAsync();
        using var reporter = app.Client();
        foreach (var token in new[] { "x", "0123456789abcdefghjk01AAAAAAAAAAAAAAAA", new string('a', 2000) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await reporter.GetAsync("api/feedback/" + token, Stop)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(reporter, "api/feedback/" + token, Solved)).StatusCode);
        }
    }

    [Fact]
    public async Task Overview_AfterACase_ShowsItAndItsNotices()
    {
        await using var app = await CityApp.StartAsync();
        var (caseId, _) = await VerifiedCaseAsync(app);
        using var duty = app.Client(CityApp.DutyKey);
        using var staff = app.Client(CityApp.StaffKey);
        using var intake = app.Client(CityApp.IntakeKey);

        var overview = await Eventually.ReadsAsync(() => duty.GetFromJsonAsync<JsonElement>("api/overview", Stop), view => StateCount(view, "verified") == 1);
        Assert.Equal(1, overview.GetProperty("figures").GetProperty("open").GetInt64());
        var notices = await Eventually.ReadsAsync(() => staff.GetFromJsonAsync<JsonElement>("api/notices?channel=department-dsny&lang=zh", Stop), list => list.GetProperty("notices").GetArrayLength() == 1);
        Assert.Equal((caseId, "新派案件"), (notices.GetProperty("notices")[0].GetProperty("caseId").GetString(), notices.GetProperty("notices")[0].GetProperty("title").GetString()));

        Assert.Equal(HttpStatusCode.NotFound, (await staff.GetAsync("api/notices?channel=reporters", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await duty.GetAsync("api/notices?channel=none", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await intake.GetAsync("api/overview", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await intake.GetAsync("api/cockpit", Stop)).StatusCode);
        Assert.Equal("text/html", (await duty.GetAsync("api/cockpit", Stop)).Content.Headers.ContentType!.MediaType);
    }

    /// <summary>Files an appeal, plays the department, and reads the reporter's link from the reporters' channel.</summary>
    private static async Task<(string CaseId, Uri Link)> VerifiedCaseAsync(CityApp app)
    {
        using var intake = app.Client(CityApp.IntakeKey);
        using var duty = app.Client(CityApp.DutyKey);
        var appeal = new { channel = "hotline", sourceId = "1", text = "Missed collection: the garbage was not collected", location = new { lat = 40.7, lon = -73.95 } };
        var filed = await (await intake.PostAsJsonAsync("api/appeals", appeal, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        var caseId = filed.GetProperty("caseId").GetString()!;
        await Eventually.ReadsAsync(() => duty.GetFromJsonAsync<JsonElement>("api/cases/" + caseId, Stop), view => view.GetProperty("status").GetString() == "dispatched");
        foreach (var (command, body) in new (string, object)[] { ("accept", new { }), ("arrive", new { }), ("reply", new { text = "The garbage at the corner was collected this morning." }) })
        {
            Assert.Equal(HttpStatusCode.OK, (await duty.PostAsJsonAsync($"api/cases/{caseId}/{command}", body, Stop)).StatusCode);
        }

        var notices = await Eventually.ReadsAsync(() => intake.GetFromJsonAsync<JsonElement>("api/notices", Stop), list => list.GetProperty("notices").GetArrayLength() == 1);
        return (caseId, new Uri(new Uri(notices.GetProperty("notices")[0].GetProperty("url").GetString()!).AbsolutePath, UriKind.Relative));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, Uri link, Dictionary<string, string> fields)
    {
        using var form = new FormUrlEncodedContent(fields);
        return await client.PostAsync(link, form, Stop);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string link, Dictionary<string, string> fields) => PostAsync(client, new Uri(link, UriKind.Relative), fields);

    private static async Task AssertGoneAsync(HttpResponseMessage answer, string code)
    {
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        if (answer.Content.Headers.ContentType!.MediaType != "text/html")
        {
            Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
        }
    }

    private static long StateCount(JsonElement overview, string state) =>
        overview.GetProperty("states").EnumerateArray().Single(entry => entry.GetProperty("state").GetString() == state).GetProperty("count").GetInt64();
}
