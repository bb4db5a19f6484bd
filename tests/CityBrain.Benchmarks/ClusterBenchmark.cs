using System.Diagnostics;
using System.Text.Json;
using CityBrain.EarlyWarning.Topics;

namespace CityBrain.Benchmarks;

/// <summary>
/// Gathers a stream of texts into topics and writes which text is in which. With <c>--repeat</c> the stream is played again and again with every
/// word shifted to a new one: what was learned is of no use, so the speed of the last tenth shows whether memory grows with the past. Times are optional: where
/// rows have them, topics live by the clock.
/// </summary>
internal static class ClusterBenchmark
{
    public static int Run(string[] args)
    {
        var options = new LanguageOptions(args, ["--input", "--output", "--labels", "--repeat", "--json"], []);
        var rows = JsonLines.Read<Row>(options.Needed("--input"));
        var isFinal = options.One("--labels") switch
        {
            null or "final" => true,
            "arrival" => false,
            var other => throw new ArgumentException($"--labels is arrival or final, not '{other}'."),
        };
        var repeat = int.TryParse(options.One("--repeat") ?? "1", out var times) && times is >= 1 and <= 1000 ? times : throw new ArgumentException("--repeat takes 1 to 1000.");
        var texts = rows.Select(row => new TopicText(row.Words, Time: row.Time)).ToList();

        var topics = new TopicStream(new TopicSettings());
        var labels = new int[texts.Count];
        var tenths = new double[10];
        var total = (long)texts.Count * repeat;
        long at = 0;
        var seconds = 0d;
        for (var round = 0; round < repeat; round++)
        {
            var shifted = round == 0 ? texts : [.. texts.Select(text => text with { Text = Shifted(text.Text, round) })];
            for (var i = 0; i < shifted.Count; i++, at++)
            {
                var started = Stopwatch.GetTimestamp();
                var topic = topics.Add(shifted[i]).Topic;
                var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
                (seconds, tenths[(int)(at * 10 / total)]) = (seconds + took, tenths[(int)(at * 10 / total)] + took);
                if (round == 0)
                {
                    labels[i] = topic;
                }
            }
        }

        File.WriteAllLines(options.Needed("--output"), rows.Select((row, i) => $"{row.Id}\t{(isFinal ? topics.Current(labels[i]) : labels[i])}"));
        var report = new Report("cluster");
        report.Add("texts", "texts", total);
        report.Add("topics begun", "topics", topics.Begun);
        report.Add("topics active at the end", "topics", topics.Active);
        report.Add("texts gathered", "1/s", total / seconds);
        report.Add("the first tenth", "1/s", total / 10d / tenths[0]);
        report.Add("the last tenth", "1/s", total / 10d / tenths[9]);
        report.Add("peak memory", "MiB", BenchmarkApp.PeakMemoryMiB);
        report.Print(options.One("--json"));
        return 0;
    }

    /// <summary>Every word another one, alike within a round: the topics stay, their words are new.</summary>
    private static string Shifted(string text, int round) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => $"{word}x{round}"));

    private sealed record Row(JsonElement Id, string? TextCleaned, string? Title, string? Text, DateTimeOffset? Time)
    {
        public string Words => TextCleaned ?? (string.IsNullOrWhiteSpace(Title) ? Text ?? "" : Title);
    }
}
