using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace CityBrain.Tests.Feedback;

/// <summary>From a doubtful reply to the reporter, through the whole app.</summary>
public sealed class ReplyReviewFlowTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("behaviour", "Feedback: nobody reviews a reply of their own")]
    public async Task DoubtfulReply_IsHeldTheAuthorRefusedAndAnotherLetsItPass()
    {
        await using var app = await CityApp.StartAsync();
        using var staff = app.Client(CityApp.StaffKey);
        using var duty = app.Client(CityApp.DutyKey);
        var caseId = await RepliedAsync(app, staff, "The garbage at the corner was collected.");

        var held = await UntilAsync(staff, caseId, view => view.TryGetProperty("replyReview", out _));
        var finding = held.GetProperty("replyReview").GetProperty("finding");
        Assert.Equal(("replied", "review", "noTime"), (held.GetProperty("status").GetString(), finding.GetProperty("outcome").GetString(), Assert.Single(finding.GetProperty("faults").EnumerateArray()).GetString()));
        Assert.InRange(finding.GetProperty("score").GetDouble(), 0, 1);
        Assert.Contains("reviewReply", held.GetProperty("commands").EnumerateArray().Select(name => name.GetString()));
        await Eventually.HoldsAsync(async () => (await staff.GetFromJsonAsync<JsonElement>("api/notices?channel=department-dsny", Stop)).GetProperty("notices").EnumerateArray().Any(notice => notice.GetProperty("title").GetString() == "Reply waits for review"));

        var own = await staff.PostAsJsonAsync($"api/cases/{caseId}/reviewReply", new { passes = true }, Stop);
        Assert.Equal((HttpStatusCode.Conflict, "OWN_REPLY"), (own.StatusCode, (await own.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, (await duty.PostAsJsonAsync($"api/cases/{caseId}/reviewReply", new { passes = false }, Stop)).StatusCode);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [await ReviewAsync(duty, caseId, "once"), await ReviewAsync(duty, caseId, "once")]);
        var verified = await UntilAsync(duty, caseId, view => view.GetProperty("status").GetString() == "verified");
        Assert.Equal(("duty", true), (verified.GetProperty("replyReview").GetProperty("decidedBy").GetString(), verified.GetProperty("replyReview").GetProperty("passes").GetBoolean()));
        Assert.Equal(HttpStatusCode.Conflict, await ReviewAsync(duty, caseId, "twice"));

        var steps = (await staff.GetFromJsonAsync<JsonElement>($"api/cases/{caseId}/history", Stop)).EnumerateArray().ToList();
        Assert.Matches(@"^score 0\.\d\d\. The reply does not say when\.$", Assert.Single(steps, step => step.GetProperty("action").GetString() == "askReplyReview").GetProperty("summary").GetString());
        Assert.Single(steps, step => step.GetProperty("action").GetString() == "reviewReply");
    }

    [Fact]
    [Trait("behaviour", "Feedback: set phrases are no reply")]
    public async Task ReplySentBack_ByTheGateAndByAPerson_IsMendedAndVerified()
    {
        await using var app = await CityApp.StartAsync();
        using var staff = app.Client(CityApp.StaffKey);
        using var duty = app.Client(CityApp.DutyKey);
        var caseId = await RepliedAsync(app, staff, "Thank you for your message. We take it very seriously.");
        var rejected = await UntilAsync(staff, caseId, view => view.GetProperty("status").GetString() == "handling");
        Assert.Equal("reject", rejected.GetProperty("replyReview").GetProperty("finding").GetProperty("outcome").GetString());

        await PostAsync(staff, caseId, "reply", new { text = "The garbage at the corner was collected." });
        await UntilAsync(staff, caseId, view => view.TryGetProperty("replyReview", out var review) && review.TryGetProperty("dueAt", out _));
        await PostAsync(duty, caseId, "reviewReply", new { passes = false, note = "Say when." });
        var handling = await UntilAsync(staff, caseId, view => view.GetProperty("status").GetString() == "handling");
        Assert.Equal("Say when.", handling.GetProperty("replyReview").GetProperty("note").GetString());

        await PostAsync(staff, caseId, "reply", new { text = "The garbage at the corner was collected this morning at 9:40." });
        await UntilAsync(staff, caseId, view => view.GetProperty("status").GetString() == "verified");
    }

    /// <summary>Files an appeal and plays the department up to its reply.</summary>
    private static async Task<string> RepliedAsync(CityApp app, HttpClient staff, string reply)
    {
        using var intake = app.Client(CityApp.IntakeKey);
        var appeal = new { channel = "hotline", sourceId = "1", text = "Missed collection: the garbage was not collected", location = new { lat = 40.7, lon = -73.95 } };
        var caseId = (await (await intake.PostAsJsonAsync("api/appeals", appeal, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("caseId").GetString()!;
        await UntilAsync(staff, caseId, view => view.GetProperty("status").GetString() == "dispatched");
        await PostAsync(staff, caseId, "accept", new { });
        await PostAsync(staff, caseId, "arrive", new { });
        await PostAsync(staff, caseId, "reply", new { text = reply });
        return caseId;
    }

    private static async Task PostAsync(HttpClient client, string caseId, string command, object body) =>
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync($"api/cases/{caseId}/{command}", body, Stop)).StatusCode);

    private static async Task<HttpStatusCode> ReviewAsync(HttpClient client, string caseId, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/cases/{caseId}/reviewReply") { Content = JsonContent.Create(new { passes = true, note = "Seen on site." }) };
        request.Headers.Add("Idempotency-Key", key);
        return (await client.SendAsync(request, Stop)).StatusCode;
    }

    private static Task<JsonElement> UntilAsync(HttpClient client, string caseId, Func<JsonElement, bool> reached) =>
        Eventually.ReadsAsync(() => client.GetFromJsonAsync<JsonElement>("api/cases/" + caseId, Stop), reached);
}
