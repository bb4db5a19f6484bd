using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Intake;
using CityBrain.Rehearsal.Play;
using CityBrain.Rehearsal.Show;
using CityBrain.Rehearsal.Stage;
using Spectre.Console;

namespace CityBrain.Rehearsal.Replay;

/// <summary>
/// <c>replay FILE…</c>: sends the messages of files through the running app, from HTTP to a department, and says where each one went.
/// </summary>
internal static class Replaying
{
    private const int BatchSize = 250;
    private const int BatchesAtOnce = 4;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // Where the city has done what it can do by itself: what is Filed or Triaged is still on its way.
    private static readonly CaseState[] OnTheWay = [CaseState.Filed, CaseState.Triaged];
    private static readonly CaseState[] NeedsAPerson = [CaseState.TriageReview, CaseState.ReleaseReview, CaseState.Arbitration];

    /// <summary>Runs the command; 0 when every message is accounted for.</summary>
    public static async Task<int> RunAsync(string[] files)
    {
        if (files.Length == 0)
        {
            Console.Error.WriteLine("Name the files to replay: JSON lines with id, title, text, time and user, or a .csv of 311 requests.");
            return 2;
        }

        var city = CityLoader.Load(Path.Combine(AppContext.BaseDirectory, "city"));
        var lost = 0;
        foreach (var file in files)
        {
            lost += await ReplayAsync(file, city);
        }

        return lost == 0 ? 0 : 1;
    }

    private static async Task<int> ReplayAsync(string file, CityModel city)
    {
        var appeals = ReplayFile.Read(file, city.Areas);
        var path = Path.Combine(".citybrain", string.Create(CultureInfo.InvariantCulture, $"replay-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}.db"));
        await using var app = await RehearsedApp.StartAsync(path, TimeProvider.System.GetUtcNow(), 0, 0, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = app.Http, Timeout = TimeSpan.FromMinutes(5) };
        var api = new CityApi(http, app.Keys, new Score());
        var started = Stopwatch.GetTimestamp();
        var (caseIds, refusals) = await FileAsync(api, appeals);
        var accepted = Stopwatch.GetElapsedTime(started);
        await SettledAsync(api, caseIds.Count);
        var settled = Stopwatch.GetElapsedTime(started);
        Print(file, appeals.Count, await api.AllAsync(), caseIds, refusals, accepted, settled, out var lost);
        Console.WriteLine($"Log of the app: {app.Log.Warnings} warnings, {app.Log.Errors} errors, in {app.Log.Path}");
        return lost;
    }

    private static async Task<(HashSet<string> CaseIds, List<string> Refusals)> FileAsync(CityApi api, IReadOnlyList<AppealRequest> appeals)
    {
        var (caseIds, refusals) = (new ConcurrentDictionary<string, bool>(StringComparer.Ordinal), new ConcurrentBag<string>());
        await Parallel.ForEachAsync(appeals.Chunk(BatchSize), new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce }, async (batch, stop) =>
        {
            var answer = await api.FileBatchAsync(batch, stop);
            foreach (var item in answer.As<List<JsonElement>>() ?? throw new InvalidOperationException($"A batch was answered with {(int)answer.Status}."))
            {
                if (item.TryGetProperty("caseId", out var caseId) && caseId.GetString() is { } id)
                {
                    caseIds[id] = true;
                }
                else
                {
                    refusals.Add(item.GetRawText());
                }
            }
        });
        return ([.. caseIds.Keys], [.. refusals]);
    }

    /// <summary>Waits on the counters of the cockpit, which cost the city nothing; they are right once nothing waits to be counted.</summary>
    private static async Task SettledAsync(CityApi api, int cases)
    {
        while (true)
        {
            var overview = (await api.ReadAsync("api/overview", CancellationToken.None))!.Value.Deserialize<OverviewSeen>(CityJson.Options)!;
            var waiting = cases - overview.Figures.Cases + overview.States.Where(state => OnTheWay.Contains(state.State)).Sum(state => state.Count);
            if (waiting == 0)
            {
                return;
            }

            Console.WriteLine($"  {waiting} on their way …");
            await Task.Delay(Look);
        }
    }

    private static void Print(string file, int rows, IReadOnlyList<CaseSeen> cases, HashSet<string> caseIds, List<string> refusals, TimeSpan accepted, TimeSpan settled, out int lost)
    {
        var found = cases.Select(seen => seen.Id).ToHashSet(StringComparer.Ordinal);
        lost = caseIds.Count(id => !found.Contains(id));
        Console.WriteLine();
        Console.WriteLine($"{file}: {rows} messages, {caseIds.Count} cases, {refusals.Count} refused, {lost} lost");
        foreach (var refusal in refusals.Take(5))
        {
            Console.WriteLine("  refused: " + refusal);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Accepted in {accepted.TotalSeconds:F1} s ({rows / accepted.TotalSeconds:F0}/s), all with a department or a person after {settled.TotalSeconds:F1} s ({rows / settled.TotalSeconds:F0}/s)"));
        var byPerson = cases.Count(seen => NeedsAPerson.Contains(seen.Status));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Needed a person: {byPerson} of {cases.Count} ({(double)byPerson / Math.Max(1, cases.Count):P1})"));
        AnsiConsole.Write(TableOf("state", cases.Select(seen => seen.Status.ToString())));
        AnsiConsole.Write(TableOf("route", cases.Where(seen => seen.Assignment is not null).Select(seen => seen.Assignment!.Department)));
    }

    private static Table TableOf(string name, IEnumerable<string> values)
    {
        var table = new Table().AddColumn(name).AddColumn(new TableColumn("cases").RightAligned());
        foreach (var (value, count) in values.CountBy(value => value).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            table.AddRow(Markup.Escape(value), count.ToString(CultureInfo.InvariantCulture));
        }

        return table;
    }
}
