using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CityBrain.Language;

namespace CityBrain.Benchmarks;

/// <summary>
/// Scores each reply of a file against its message. How rare words are is learned from the file's texts; no label is read for the score. Then the same
/// replies dealt to other messages: how well the score tells true from shuffled (AUC), with and without the asker's name and the day, and how
/// well it agrees with the hand label 'explainable' where there is one.
/// </summary>
internal static class RepliesBenchmark
{
    private const ulong Seed = 11;

    public static int Run(string[] args)
    {
        var options = new LanguageOptions(args, ["--input", "--output", "--json"], []);
        var rows = JsonLines.Read<Row>(options.Needed("--input"));
        var output = options.Needed("--output");
        var started = Stopwatch.GetTimestamp();
        var check = new ReplyCheck(NgramStatistics.Learn(rows.SelectMany(row => new[] { row.Title + "\n" + row.Text, row.Reply ?? "" })));
        var own = Assess(check, rows.Select(row => PairOf(row, row)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        File.WriteAllLines(output, rows.Zip(own, (row, reply) => CityJson.Write(new { row.Id, reply.Score, reply.Explains, reply.Found, reply.Missing, reply.Against })));

        var report = new Report("replies");
        report.Add("pairs", "pairs", rows.Count);
        report.Add("pairs scored", "1/s", rows.Count / seconds);
        var other = Agreement.Derangement(rows.Count, Seed);
        AddAuc(report, "AUC true against shuffled", own, Assess(check, rows.Select((row, at) => PairOf(row, rows[other[at]]))));
        AddAuc(
            report,
            "AUC by title, text and reply alone",
            Assess(check, rows.Select(row => PairOf(row, row) with { Asker = null, Asked = null })),
            Assess(check, rows.Select((row, at) => PairOf(row, rows[other[at]]) with { Asker = null, Asked = null })));
        AddExplainable(report, rows, own);
        report.Print(options.One("--json"));
        return 0;
    }

    private static void AddAuc(Report report, string name, ReplyAssessment[] own, ReplyAssessment[] shuffled) =>
        report.Add(name, "of 1", Agreement.Auc([.. own.Select(reply => (reply.Score, true)), .. shuffled.Select(reply => (reply.Score, false))]));

    private static void AddExplainable(Report report, List<Row> rows, ReplyAssessment[] own)
    {
        var labelled = rows.Zip(own).Where(pair => pair.First.Label is not null).Select(pair => (pair.Second.Explains, pair.First.Label!.Value)).ToArray();
        if (labelled.Length == 0)
        {
            return;
        }

        var majority = labelled.Count(pair => pair.Value);
        report.Add("explainable: AUC", "of 1", Agreement.Auc(labelled));
        report.Add("explainable: agreement at one half", "of 1", labelled.Count(pair => pair.Explains >= 0.5 == pair.Value) / (double)labelled.Length);
        report.Add("explainable: agreement of always the commoner", "of 1", Math.Max(majority, labelled.Length - majority) / (double)labelled.Length);
    }

    private static ReplyAssessment[] Assess(ReplyCheck check, IEnumerable<ReplyPair> pairs) => [.. pairs.AsParallel().AsOrdered().Select(check.Assess)];

    private static ReplyPair PairOf(Row message, Row answer) => new(message.Title ?? "", message.Text ?? "", answer.Reply ?? "", message.User, message.Day);

    private sealed record Row(JsonElement Id, string? User, string? Title, string? Text, string? Reply, string? Time, JsonElement? Explainable)
    {
        public DateOnly? Day => DateTime.TryParse(Time, CultureInfo.InvariantCulture, out var time) ? DateOnly.FromDateTime(time) : null;

        public bool? Label => Explainable?.ToString() switch { "1" or "true" or "True" => true, "0" or "false" or "False" => false, _ => null };
    }
}
