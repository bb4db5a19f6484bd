using System.Net;
using System.Net.Http.Json;
using CityBrain.Cases;
using CityBrain.Intake;

namespace CityBrain.Tests.Process;

/// <summary>A whistle in flight outlives two SIGKILLs: one right after it was blown, one right after its first reminder.</summary>
public sealed class KilledInAWhistleTests : IDisposable
{
    // Four hours in a second: three working days are over in some twenty seconds.
    private const string Fast = "--Embedded:ClockSpeed=14400";
    private static readonly string[] Parties = ["dpr", "dot"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("citybrain-whistle-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task KillNine_TwiceWhileAWhistleRuns_ItsClocksGoOnAndNobodyIsRemindedTwice()
    {
        string caseId;
        await using (var app = await AppProcess.StartAsync(_folder, Stop, Fast, "--Embedded:ClockStart=2026-03-09T00:30:00Z"))
        {
            caseId = await HandlingCaseAsync(app);
            await GiveAsync(app, caseId, "whistle", new { parties = Parties, purpose = "clear the corner together" });
            await app.KillAsync();
        }

        DateTimeOffset due;
        await using (var app = await AppProcess.StartAsync(_folder, Stop, Fast))
        {
            var blown = await UntilAsync(app, caseId, whistle => whistle.Parties.Any(party => party.Told is not null));
            due = blown.Find("dot")!.ArriveDue;
            await app.KillAsync();
        }

        await using var again = await AppProcess.StartAsync(_folder, Stop, Fast);
        foreach (var (step, body) in new (string, object)[] { ("signWhistle", new { party = "dpr" }), ("arriveWhistle", new { party = "dpr" }), ("contribute", new { party = "dpr", text = "A lorry and two men" }) })
        {
            await GiveAsync(again, caseId, step, body);
        }

        var whistle = await UntilAsync(again, caseId, round => round.Find("dot")!.AbsentAt is not null);
        Assert.Equal((due, WhistleState.Contributed), (whistle.Find("dot")!.ArriveDue, whistle.Find("dpr")!.State));
        Assert.True(whistle.Find("dot")!.AbsentAt >= due);

        var steps = (await again.GetAsync<List<HistoryEntry>>($"/api/cases/{caseId}/history", Stop))!;
        Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(step => step.Version));
        Assert.Single(steps, step => step.Action is CaseAction.Whistle);
        var reminders = steps.Where(step => step.Action is CaseAction.RemindWhistle).Select(step => step.Summary!).ToList();
        Assert.Equal(
            ["Sign 80%", "Sign 100%", "Contact 80%", "Contact 100%", "ReportIn 80%", "absent"],
            reminders.Where(line => line.Contains("dot", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]));
        Assert.Equal(reminders.Distinct(), reminders);
        await ToldOnceAsync(again);
    }

    private static async Task ToldOnceAsync(AppProcess app)
    {
        using var limit = Limit();
        while (true)
        {
            var told = (await app.GetAsync<Told>("/api/notices?channel=department-dot&take=200", limit.Token))!.Notices.Select(notice => notice.Kind).ToList();
            if (told.Contains("whistleAbsent"))
            {
                Assert.Equal((1, 5, 1), (told.Count(kind => kind == "whistleBlown"), told.Count(kind => kind == "whistleReminder"), told.Count(kind => kind == "whistleAbsent")));
                return;
            }

            await Task.Delay(100, limit.Token);
        }
    }

    private static async Task<string> HandlingCaseAsync(AppProcess app)
    {
        var appeal = new AppealRequest("hotline", "1", "Missed collection: the garbage was not collected", Location: new LocationRequest(40.7, -73.95));
        using var filed = await app.PostAsync("/api/appeals", AppProcess.IntakeKey, appeal, Stop);
        var caseId = (await filed.Content.ReadFromJsonAsync<AppealResponse>(CityJson.Options, Stop))!.CaseId;
        using var limit = Limit();
        while (await app.GetAsync<Standing>($"/api/cases/{caseId}", limit.Token) is not { Status: CaseState.Dispatched })
        {
            await Task.Delay(50, limit.Token);
        }

        await GiveAsync(app, caseId, "accept", new { });
        await GiveAsync(app, caseId, "arrive", new { });
        return caseId;
    }

    private static async Task GiveAsync(AppProcess app, string caseId, string command, object body)
    {
        using var answer = await app.PostAsync($"/api/cases/{caseId}/{command}", AppProcess.StaffKey, body, Stop);
        Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{command}: {await answer.Content.ReadAsStringAsync(Stop)}");
    }

    private static async Task<WhistleRound> UntilAsync(AppProcess app, string caseId, Func<WhistleRound, bool> holds)
    {
        using var limit = Limit();
        while (true)
        {
            if (await app.GetAsync<Standing>($"/api/cases/{caseId}", limit.Token) is { Whistles: [var round] } && holds(round))
            {
                return round;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    private static CancellationTokenSource Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(Patience);
        return limit;
    }

    private sealed record Standing(CaseState Status, IReadOnlyList<WhistleRound>? Whistles = null);

    private sealed record Told(IReadOnlyList<ToldNotice> Notices);

    private sealed record ToldNotice(string Kind);
}
