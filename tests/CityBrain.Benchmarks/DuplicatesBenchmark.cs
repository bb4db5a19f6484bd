using System.Diagnostics;
using System.Text.Json;
using CityBrain.Language;

namespace CityBrain.Benchmarks;

/// <summary>All pairs of nearly equal texts of a file, timed; with --exact compared with every text against every other.</summary>
internal static class DuplicatesBenchmark
{
    private const string DefaultFields = "title,text";
    private const int Rounds = 4;

    public static int Run(string[] args)
    {
        var options = new LanguageOptions(args, ["--input", "--output", "--fields", "--json"], ["--exact"]);
        var fields = (options.One("--fields") ?? DefaultFields).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var rows = JsonLines.Read<Dictionary<string, JsonElement>>(options.Needed("--input"));
        var output = options.Needed("--output");
        var texts = rows.Select(row => string.Concat(fields.Select(field => row.TryGetValue(field, out var value) ? value.ToString() : ""))).ToList();

        var (seconds, pairs) = (new List<double>(), NearDuplicates.Join(texts));
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            pairs = NearDuplicates.Join(texts);
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        var ids = rows.Select((row, at) => row.TryGetValue("id", out var id) ? id : JsonSerializer.SerializeToElement(at + 1)).ToList();
        File.WriteAllLines(output, pairs.Select(pair => CityJson.Write(new { a = ids[pair.A], b = ids[pair.B], pair.Jaccard })));

        Console.WriteLine($"Compared: the set of character 3-grams of {string.Join(" + ", fields)}, joined without a separator, white space removed, nothing else changed.");
        var report = new Report("duplicates");
        report.Add("texts", "texts", texts.Count);
        report.AddRate("time of the join", "s", seconds);
        report.Add("pairs with Jaccard of 0.8 or more", "pairs", pairs.Count);
        if (options.Has("--exact"))
        {
            AddExact(texts, pairs, report);
        }

        report.Add("peak memory", "MiB", BenchmarkApp.PeakMemoryMiB);
        report.Print(options.One("--json"));
        return 0;
    }

    private static void AddExact(List<string> texts, IReadOnlyList<NearDuplicate> pairs, Report report)
    {
        var started = Stopwatch.GetTimestamp();
        var exact = NearDuplicates.CompareAll(texts).ToHashSet();
        report.Add("time of comparing all", "s", Stopwatch.GetElapsedTime(started).TotalSeconds);
        var common = pairs.Count(exact.Contains);
        report.Add("precision", "of 1", pairs.Count > 0 ? (double)common / pairs.Count : 1);
        report.Add("recall", "of 1", exact.Count > 0 ? (double)common / exact.Count : 1);
    }
}
