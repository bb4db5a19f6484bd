using System.Diagnostics;
using System.Globalization;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.EarlyWarning;
using CityBrain.Embedded;
using CityBrain.Rehearsal.Play;
using CityBrain.Rehearsal.Sample;
using CityBrain.Rehearsal.Stage;
using Spectre.Console;

namespace CityBrain.Rehearsal.Replay;

/// <summary>
/// <c>replay FILE… [--kill N]</c>: sends the messages of files through the running app, from HTTP to a department, and says where each one went; kills
/// the app meanwhile, if asked to, and says whether early warning knows what it would have known without.
/// </summary>
internal static class Replaying
{
    private const int BatchSize = 250;
    private const int MostKills = 100;
    private const int LongestLine = 2000;
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly CaseState[] NeedsAPerson = [CaseState.TriageReview, CaseState.ReleaseReview, CaseState.Arbitration];

    /// <summary>Runs the command; 0 when every message is accounted for.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var (files, kills) = (args, (int?)null);
        if (Array.IndexOf(args, "--kill") is >= 0 and var at)
        {
            kills = int.TryParse(args.ElementAtOrDefault(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            files = [.. args[..at], .. args.Skip(at + 2)];
        }

        if (files.Length == 0 || kills is < 1 or > MostKills)
        {
            Console.Error.WriteLine($"Name the files to replay: JSON lines with id, title, text, time and user, or a .csv of 311 requests. --kill takes 1 to {MostKills}.");
            return 2;
        }

        var city = CityLoader.Load(Path.Combine(AppContext.BaseDirectory, "city"));
        var lost = 0;
        foreach (var file in files)
        {
            lost += kills is { } times ? await ReplayKilledAsync(file, city, times) : await ReplayAsync(file, city);
        }

        return lost == 0 ? 0 : 1;
    }

    private static async Task<int> ReplayAsync(string file, CityModel city)
    {
        var appeals = ReplayFile.Read(file, city.Areas);
        await using var app = await RehearsedApp.StartAsync(FreshPath(), TimeProvider.System.GetUtcNow(), 0, 0, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = app.Http, Timeout = LongestAnswer };
        var api = new CityApi(http, app.Keys, new Score());
        var started = Stopwatch.GetTimestamp();
        var sender = new ReplaySender(api, BatchSize);
        await sender.SendAsync(appeals, _ => Task.CompletedTask, CancellationToken.None);
        var accepted = Stopwatch.GetElapsedTime(started);
        await SettledAsync(api, sender.CaseIds.Count);
        Print(file, appeals.Count, await api.AllAsync(), sender, accepted, Stopwatch.GetElapsedTime(started), out var lost);
        Console.WriteLine($"Log of the app: {app.Log.Warnings} warnings, {app.Log.Errors} errors, in {app.Log.Path}");
        return lost;
    }

    /// <summary>Replays a file through an app that is killed meanwhile; returns how much is lost or not as an uninterrupted run has it.</summary>
    private static async Task<int> ReplayKilledAsync(string file, CityModel city, int kills)
    {
        var appeals = ReplayFile.Read(file, city.Areas);
        await using var app = await KillableApp.StartAsync(FreshPath(), null, [], CancellationToken.None);
        using var http = new HttpClient { BaseAddress = app.Http, Timeout = LongestAnswer };
        var api = new CityApi(http, app.Keys, new Score());
        var started = Stopwatch.GetTimestamp();
        var accepted = TimeSpan.Zero;
        var sender = await KilledReplay.RunAsync(app, api, appeals, kills, Console.WriteLine, () => accepted = Stopwatch.GetElapsedTime(started), CancellationToken.None);
        Print(file, appeals.Count, await api.AllAsync(), sender, accepted, Stopwatch.GetElapsedTime(started), out var lost);
        await app.StopAsync();
        await using var tables = await EmbeddedTables.OpenAsync(app.Path, CancellationToken.None);
        var store = WatchedStore.Open(tables.ConnectionString);
        var found = await store.CompareAsync(city, new EarlyWarningOptions(), sender.CaseIds, CancellationToken.None);
        Console.WriteLine($"Killed {kills} times, {sender.Repeated} requests sent again. Early warning took {found.Cases} cases in {found.Entries} entries, {found.Snapshot} of them in its last snapshot: {found.Topics} topics, {found.Warnings} warnings");
        Console.WriteLine(found.Differences.Count == 0 ? "All of it equals an uninterrupted run of the same entries." : $"{found.Differences.Count} differences to an uninterrupted run of the same entries:");
        foreach (var difference in found.Differences.Take(5))
        {
            Console.WriteLine("  " + SampleAppeal.Shortened(difference, LongestLine));
        }

        Console.WriteLine($"Store: {app.Path}; log of the app: {app.Log}");
        return lost + found.Differences.Count;
    }

    private static string FreshPath() => Path.Combine(".citybrain", string.Create(CultureInfo.InvariantCulture, $"replay-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}.db"));

    /// <summary>Waits on the counters of the cockpit, which cost the city nothing; they are right once nothing waits to be counted.</summary>
    private static async Task SettledAsync(CityApi api, int cases)
    {
        while (await KilledReplay.OnTheWayAsync(api, cases, CancellationToken.None) is not 0 and var waiting)
        {
            Console.WriteLine($"  {waiting} on their way …");
            await Task.Delay(Look);
        }
    }

    private static void Print(string file, int rows, IReadOnlyList<CaseSeen> cases, ReplaySender sender, TimeSpan accepted, TimeSpan settled, out int lost)
    {
        var found = cases.Select(seen => seen.Id).ToHashSet(StringComparer.Ordinal);
        lost = sender.CaseIds.Count(id => !found.Contains(id));
        Console.WriteLine();
        Console.WriteLine($"{file}: {rows} messages, {sender.CaseIds.Count} cases, {sender.Refusals.Count} refused, {lost} lost");
        foreach (var refusal in sender.Refusals.Take(5))
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
