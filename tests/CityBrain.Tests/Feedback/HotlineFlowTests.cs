using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityBrain.Cases;
using CityBrain.Feedback;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CityBrain.Tests.Feedback;

/// <summary>Three tries through the callback API of a hotline, through the whole app.</summary>
public sealed class HotlineFlowTests
{
    /// <summary>A Tuesday morning of the city: nobody is called at night.</summary>
    private const string WorkingHours = "--Embedded:ClockStart=2026-03-10T02:00:00Z";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hotline_NoAnswerThenAnAnswer_IsAskedTwiceAndClosesTheCase()
    {
        var calls = new ConcurrentQueue<JsonElement>();
        await using var hotline = await StartHotlineAsync(calls);
        await using var app = await CityApp.StartAsync(WorkingHours, $"--Hotlines:hotline:Url={hotline.Urls.Single()}/calls", "--Hotlines:hotline:Key=secret");
        var (caseId, durable) = (await VerifiedAsync(app), new FakeDurable().Client);

        var first = await NextAsync(calls, 1);
        Assert.Equal(("hotline", "77", 1, 1), (Text(first, "channel"), Text(first, "sourceId"), first.GetProperty("round").GetInt32(), first.GetProperty("try").GetInt32()));
        Assert.Equal("The garbage at the corner was collected this morning.", Text(first, "reply"));
        Assert.DoesNotContain("13800138000", first.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Zhang", first.ToString(), StringComparison.Ordinal);

        using var intake = app.Client(CityApp.IntakeKey);
        var report = new Uri(Text(first, "report")).AbsolutePath;
        Assert.Equal(HttpStatusCode.OK, await PostAsync(intake, report, new { outcome = "noAnswer", @try = 1 }));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(intake, report, new { outcome = "noAnswer", @try = 1 }));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(intake, report, new { outcome = "noAnswer", @try = 2 }));

        await app.Services.GetRequiredService<CaseStore>().ChangeAsync(caseId, new AskAgain(), Actor.Lifecycle, durable, cancellationToken: Stop);
        Assert.Equal(2, (await NextAsync(calls, 2)).GetProperty("try").GetInt32());
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(intake, report, new { outcome = "answered", contacted = true }));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(intake, report, new { outcome = "answered", contacted = true, solved = true, satisfied = true, comment = "thanks" }));
        Assert.Equal(HttpStatusCode.Gone, await PostAsync(intake, report, new { outcome = "busy", @try = 3 }));

        var closed = await app.Services.GetRequiredService<CaseStore>().FindAsync(caseId, Stop);
        Assert.Equal((CaseState.Closed, CallResult.NoAnswer), (closed!.State, closed.Feedback!.Tries[0].Result));
        Assert.Equal(2, calls.Count);
    }

    [Fact]
    public async Task Callback_WrongKeyTokenOrReport_GetsAClearError()
    {
        await using var app = await CityApp.StartAsync();
        using var intake = app.Client(CityApp.IntakeKey);
        using var staff = app.Client(CityApp.StaffKey);
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(staff, "api/callbacks/x", new { outcome = "busy", @try = 1 }));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(intake, "api/callbacks/x", new { outcome = "busy", @try = 1 }));
        foreach (var bad in new object[] { new { }, new { outcome = "maybe", @try = 1 }, new { outcome = "1", @try = 1 }, new { outcome = "-1", @try = 1 }, new { outcome = "noAnswer, busy", @try = 1 }, new { outcome = "busy" } })
        {
            Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(intake, "api/callbacks/x", bad));
        }
    }

    [Theory]
    [InlineData("http://hotline.example/calls")]
    [InlineData("calls")]
    public async Task Start_HotlineThatIsNotSafe_SaysWhatToWrite(string url)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => CityApp.StartAsync("--Hotlines:hotline:Url=" + url));
        Assert.Contains("Hotlines:{channel}:Url", failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> VerifiedAsync(CityApp app)
    {
        using var intake = app.Client(CityApp.IntakeKey);
        using var duty = app.Client(CityApp.DutyKey);
        var reporter = new { name = "Zhang Wei", phone = "13800138000" };
        var appeal = new { channel = "hotline", sourceId = "77", text = "Missed collection: the garbage was not collected", reporter, location = new { lat = 40.7, lon = -73.95 } };
        var filed = await (await intake.PostAsJsonAsync("api/appeals", appeal, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
        var caseId = filed.GetProperty("caseId").GetString()!;
        var cases = app.Services.GetRequiredService<CaseStore>();
        await Eventually.HoldsAsync(async () => (await cases.FindAsync(caseId, Stop))?.State is CaseState.Dispatched);
        foreach (var (command, body) in new (string, object)[] { ("accept", new { }), ("arrive", new { }), ("reply", new { text = "The garbage at the corner was collected this morning." }) })
        {
            Assert.Equal(HttpStatusCode.OK, await PostAsync(duty, $"api/cases/{caseId}/{command}", body));
        }

        await Eventually.HoldsAsync(async () => (await cases.FindAsync(caseId, Stop))?.State is CaseState.Verified);
        return caseId;
    }

    private static async Task<WebApplication> StartHotlineAsync(ConcurrentQueue<JsonElement> calls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var hotline = builder.Build();
        hotline.Urls.Add("http://127.0.0.1:0");
        hotline.MapPost("/calls", (HttpRequest request, JsonElement call) =>
        {
            if (request.Headers["x-api-key"] != "secret" || request.Headers["Idempotency-Key"].ToString() != call.GetProperty("id").GetString())
            {
                return Results.StatusCode(StatusCodes.Status401Unauthorized);
            }

            calls.Enqueue(call);
            return Results.StatusCode(StatusCodes.Status202Accepted);
        });
        await hotline.StartAsync(Stop);
        return hotline;
    }

    private static async Task<JsonElement> NextAsync(ConcurrentQueue<JsonElement> calls, int count)
    {
        await Eventually.HoldsAsync(() => Task.FromResult(calls.Count >= count));
        return calls.ElementAt(count - 1);
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string path, object body) =>
        (await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Stop)).StatusCode;

    private static string Text(JsonElement call, string name) => call.GetProperty(name).GetString()!;
}
