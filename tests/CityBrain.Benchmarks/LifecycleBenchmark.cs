using System.Diagnostics;
using System.Net.Http.Json;
using CityBrain.Cases;
using CityBrain.Feedback;
using CityBrain.Intake;
using Microsoft.Extensions.DependencyInjection;

namespace CityBrain.Benchmarks;

/// <summary>
/// Whole lives a second, through HTTP, durable at each step; the baseline writes the rows of one life's case and history, one awaited
/// commit after another. The first and the last tenth are compared, so that a cost that grows with the number of cases shows.
/// </summary>
internal static class LifecycleBenchmark
{
    private const int StepsOfALife = 9;

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        var (count, concurrency) = (options.Count ?? 2000, options.Concurrency ?? 64);
        using var bare = new BareWrites();
        await using var app = await BenchmarkApp.StartAsync();
        var watch = new CaseWatch(app.Services.GetRequiredService<CaseStore>());
        using var client = new HttpClient { BaseAddress = app.Address };
        using var budget = app.NewBudget();
        var tokens = app.Services.GetRequiredService<FeedbackTokens>();

        var (baseline, candidate, tenths) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < options.Rounds; round++)
        {
            var bareRate = await Measure.RateAsync(count, concurrency, async _ =>
            {
                for (var step = 0; step < StepsOfALife; step++)
                {
                    await Task.WhenAll(bare.WriteAsync(new string('c', 900)), bare.WriteAsync(new string('h', 200)));
                }
            });
            budget.Begin();
            var ends = new long[count];
            var started = Stopwatch.GetTimestamp();
            var prefix = $"life{round}-";
            var rate = await Measure.RateAsync(count, concurrency, async item =>
            {
                await LiveAsync(client, watch, tokens, prefix + item);
                ends[item] = Stopwatch.GetTimestamp();
            });
            if (round > 0 || options.Rounds == 1)
            {
                baseline.Add(bareRate);
                candidate.Add(rate);
                Array.Sort(ends);
                var first = Stopwatch.GetElapsedTime(started, ends[count / 10]);
                var last = Stopwatch.GetElapsedTime(ends[^((count / 10) + 1)], ends[^1]);
                tenths.Add(first / last);
            }
        }

        var report = new Report("lifecycle");
        report.AddRate("whole lives", "1/s", candidate);
        report.AddRate("baseline: bare rows of a life", "1/s", baseline);
        report.Add("ratio", "of the baseline", report["whole lives"] / report["baseline: bare rows of a life"]);
        report.AddRate("speed of the last tenth", "of the first tenth", tenths);
        report.Add("68,000 requests (a day of Beijing)", "s", 68_000 / report["whole lives"]);
        budget.AddTo(report, count, "a life");
        report.Add("memory of host, client and app", "MiB", budget.MemoryMiB);
        report.Print(options.Json);
        return 0;
    }

    private static async Task LiveAsync(HttpClient client, CaseWatch watch, FeedbackTokens tokens, string sourceId)
    {
        var caseId = CaseKeys.CaseId("hotline", sourceId);
        await PostAsync(client, "/api/appeals", "demo-intake-key", SampleAppeals.Of(sourceId));
        await watch.ReachesAsync(caseId, CaseState.Dispatched);
        await PostAsync(client, $"/api/cases/{caseId}/accept", "demo-staff-key", new { });
        await PostAsync(client, $"/api/cases/{caseId}/arrive", "demo-staff-key", new { });
        await PostAsync(client, $"/api/cases/{caseId}/reply", "demo-staff-key", new { text = "The street light at the corner of First and Main was repaired: the lamp was replaced at 10:15 and burns again." });
        await watch.ReachesAsync(caseId, CaseState.Verified);
        await PostAsync(client, $"/api/feedback/{tokens.Create(caseId, 1)}", null, new { contacted = true, solved = true, satisfied = true });
        await watch.ReachesAsync(caseId, CaseState.Closed);
    }

    private static async Task PostAsync<T>(HttpClient client, string path, string? key, T body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: CityJson.Options) };
        request.Headers.Accept.ParseAdd("application/json");
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        using var response = await client.SendAsync(request);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
    }
}
