using System.Text.Json;
using CityBrain.Cases;
using CityBrain.Feedback;
using CityBrain.Supervision;

namespace CityBrain.Tests.Supervision;

/// <summary>From callbacks to published figures, through the stores and the functions.</summary>
public sealed class RatesFlowTests
{
    private static readonly AnswerFeedback Solved = new(true, true, true, null);
    private static readonly AnswerFeedback Unsolved = new(false, false, false, "still there");
    private static readonly Month September = new(2024, 9);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rates_OfTheRunningMonth_FollowDownToTheirCases()
    {
        await using var host = await SupervisionHost.OpenAsync();
        await host.CalledBackAsync("1", Solved);
        var unsolved = await host.CalledBackAsync("2", Unsolved);
        await host.CalledBackAsync("3", null);
        await host.CalledBackAsync("4", Solved, "parks", "g-east-1");

        var rates = await RatesAsync(host, "duty", "?month=2024-09&by=department");
        Assert.Equal(["parks", "sanitation"], Lines(rates).Select(line => line.GetProperty("id").GetString()));
        var sanitation = Lines(rates)[1];
        Assert.Equal((3, 2, 1, 2), (sanitation.GetProperty("cases").GetInt32(), sanitation.GetProperty("answered").GetInt32(), sanitation.GetProperty("unanswered").GetInt32(), sanitation.GetProperty("rank").GetInt32()));
        Assert.Equal((1, 2, 0.5), (Of(sanitation, "resolution", "numerator"), Of(sanitation, "resolution", "denominator"), Of(sanitation, "resolution", "value")));
        Assert.Equal(2, Lines(await RatesAsync(host, "duty", "?by=street")).Count);

        var (_, drilled) = await host.CallAsync<GetRatedCases>("duty", (function, request) => function.RunAsync(request, Stop), "?month=2024-09&by=department&id=sanitation&outcome=unsolved");
        Assert.Equal(unsolved, Assert.Single(drilled.GetProperty("cases").EnumerateArray()).GetProperty("caseId").GetString());
    }

    [Fact]
    public async Task Rates_ForStaffOfADepartment_ShowItsOwnLineWithItsRankInTheCity()
    {
        await using var host = await SupervisionHost.OpenAsync();
        await host.CalledBackAsync("1", Unsolved);
        await host.CalledBackAsync("2", Solved, "parks");
        var own = await RatesAsync(host, "sanitation", "");
        Assert.Equal(("sanitation", 2), (Lines(own)[0].GetProperty("id").GetString(), Lines(own)[0].GetProperty("rank").GetInt32()));
        Assert.Equal(1, own.GetProperty("all").GetProperty("cases").GetInt32());
        Assert.Equal(403, (await host.CallAsync<GetRates>("intake", (function, request) => function.RunAsync(request, Stop))).Status);
    }

    [Fact]
    public async Task Rates_Sensors_AreInNoRate()
    {
        await using var host = await SupervisionHost.OpenAsync();
        await host.Get<FactStore>().AddAsync(CaseFact.Of(Notifications.Entries.Of(CaseAction.ConfirmSolved, CaseState.Closed, kind: OriginKind.Sensor, at: SmallTown.Morning))!, Stop);
        Assert.Equal(0, (await RatesAsync(host, "duty", "")).GetProperty("all").GetProperty("cases").GetInt32());
    }

    [Fact]
    public async Task Exclusion_AskedGrantedAppealedRefused_ShowsInTheFiguresAtEachStep()
    {
        await using var host = await SupervisionHost.OpenAsync();
        var id = await host.CalledBackAsync("1", Unsolved);
        await host.CalledBackAsync("2", Solved);

        var ask = new { caseId = id, month = "2024-09", reason = "beforeCourt", note = "court file 7, call 13800138000" };
        Assert.Equal((201, 200), ((await AskAsync(host, "duty", ask)).Status, (await AskAsync(host, "duty", ask)).Status));
        Assert.Equal((409, "EXCLUSION_EXISTS"), Coded(await AskAsync(host, "duty2", new { caseId = id, month = "2024-09", reason = "repeated", note = "again" })));
        Assert.Equal(403, (await AskAsync(host, "sanitation", ask)).Status);
        Assert.Equal(404, (await AskAsync(host, "duty", new { caseId = id, month = "2024-08", reason = "beforeCourt", note = "x" })).Status);
        Assert.Equal((0.5, 1), await ResolutionAsync(host));

        Assert.Equal((409, "ILLEGAL_REVIEW"), Coded(await ReviewAsync(host, "duty", id, true)));
        var granted = await ReviewAsync(host, "duty2", id, true);
        Assert.Equal(200, granted.Status);
        Assert.DoesNotContain("13800138000", granted.Answer.GetRawText(), StringComparison.Ordinal);
        Assert.Equal((1, 0), await ResolutionAsync(host));

        Assert.Equal(404, (await AppealAsync(host, "parks", id)).Status);
        Assert.Equal((200, 200), ((await AppealAsync(host, "sanitation", id)).Status, (await AppealAsync(host, "sanitation", id)).Status));
        Assert.Equal((1, 0), await ResolutionAsync(host));
        Assert.Equal(409, (await ReviewAsync(host, "duty2", id, false)).Status);
        Assert.Equal(200, (await ReviewAsync(host, "duty3", id, false)).Status);
        Assert.Equal((0.5, 0), await ResolutionAsync(host));

        var (_, list) = await host.CallAsync<ListExclusions>("sanitation", (function, request) => function.RunAsync(request, Stop), "?month=2024-09");
        Assert.Equal(3, Assert.Single(list.GetProperty("exclusions").EnumerateArray()).GetProperty("steps").GetArrayLength());
    }

    [Fact]
    [Trait("behaviour", "Supervision: a month is frozen after its grace")]
    public async Task Freeze_AfterTheGrace_KeepsTheFiguresUntilACorrection()
    {
        await using var host = await SupervisionHost.OpenAsync();
        var id = await host.CalledBackAsync("1", Unsolved);
        await host.CalledBackAsync("2", Solved);
        var freezer = host.Get<MonthFreezer>();

        host.Store.Clock.Now = new(2024, 10, 7, 15, 59, 0, TimeSpan.Zero);
        Assert.Empty(await freezer.FreezeDueAsync(Stop));
        Assert.Equal(409, (await CorrectAsync(host, "too early")).Status);
        host.Store.Clock.Now = new(2024, 10, 7, 16, 0, 0, TimeSpan.Zero);
        var first = Assert.Single(await freezer.FreezeDueAsync(Stop));
        Assert.Equal((September, 1, 2), (first.Month, first.Number, first.Cases));
        Assert.Empty(await freezer.FreezeDueAsync(Stop));

        await AskAsync(host, "duty", new { caseId = id, month = "2024-09", reason = "repeated", note = "as case 5" });
        await ReviewAsync(host, "duty2", id, true);
        Assert.Equal((0.5, 0), await ResolutionAsync(host));

        Assert.Equal((201, 200), ((await CorrectAsync(host, "exclusion after the freeze")).Status, (await CorrectAsync(host, "exclusion after the freeze")).Status));
        var corrected = await RatesAsync(host, "duty", "?month=2024-09");
        Assert.Equal((2, 1.0), (corrected.GetProperty("snapshot").GetInt32(), Of(corrected.GetProperty("all"), "resolution", "value")));
        var old = await RatesAsync(host, "duty", "?month=2024-09&snapshot=1");
        Assert.Equal((0.5, first.DataAsOf), (Of(old.GetProperty("all"), "resolution", "value"), old.GetProperty("dataAsOf").GetDateTimeOffset()));
        Assert.Equal(404, (await host.CallAsync<GetRates>("duty", (function, request) => function.RunAsync(request, Stop), "?month=2024-09&snapshot=3")).Status);

        var (_, list) = await host.CallAsync<ListSnapshots>("sanitation", (function, request) => function.RunAsync(request, Stop), "?month=2024-09");
        Assert.Equal(["calendar", "duty"], list.GetProperty("snapshots").EnumerateArray().Select(one => one.GetProperty("by").GetString()));
    }

    private static Task<(int Status, JsonElement Answer)> AskAsync(SupervisionHost host, string key, object body) =>
        host.CallAsync<AskExclusion>(key, (function, request) => function.RunAsync(request, Stop), body: body);

    private static Task<(int Status, JsonElement Answer)> ReviewAsync(SupervisionHost host, string key, string caseId, bool granted) =>
        host.CallAsync<ReviewExclusion>(key, (function, request) => function.RunAsync(request, caseId, Stop), body: new { month = "2024-09", granted, note = "looked at" });

    private static Task<(int Status, JsonElement Answer)> AppealAsync(SupervisionHost host, string key, string caseId) =>
        host.CallAsync<AppealExclusion>(key, (function, request) => function.RunAsync(request, caseId, Stop), body: new { month = "2024-09", note = "it is ours" });

    private static Task<(int Status, JsonElement Answer)> CorrectAsync(SupervisionHost host, string reason) =>
        host.CallAsync<CorrectMonth>("duty", (function, request) => function.RunAsync(request, Stop), body: new { month = "2024-09", reason });

    private static async Task<JsonElement> RatesAsync(SupervisionHost host, string key, string query)
    {
        var (status, answer) = await host.CallAsync<GetRates>(key, (function, request) => function.RunAsync(request, Stop), query);
        Assert.Equal(200, status);
        return answer;
    }

    private static async Task<(double Value, int Asked)> ResolutionAsync(SupervisionHost host)
    {
        var all = (await RatesAsync(host, "duty", "?month=2024-09")).GetProperty("all");
        return (Of(all, "resolution", "value"), all.GetProperty("exclusionsAsked").GetInt32());
    }

    private static List<JsonElement> Lines(JsonElement rates) => [.. rates.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("rates"))];

    private static double Of(JsonElement line, string rate, string part) => line.GetProperty(rate).GetProperty(part).GetDouble();

    private static (int Status, string? Code) Coded((int Status, JsonElement Answer) answer) => (answer.Status, answer.Answer.GetProperty("code").GetString());
}
