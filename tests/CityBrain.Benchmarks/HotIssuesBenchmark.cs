using System.Globalization;
using System.Text.Json;
using CityBrain.EarlyWarning.Topics;
using Spectre.Console;

namespace CityBrain.Benchmarks;

/// <summary>
/// Plays messages in the order of their times through topics, as they would have come, and prints the hottest: each at the height that its index
/// reached on some day, with its parts, period, place, phrases and members. Topics that came back after they had retired are one issue with several periods.
/// </summary>
internal static class HotIssuesBenchmark
{
    /// <summary>Hot issues that are known in the public messages of 2017 to 2020, by the words that a message on them holds.</summary>
    private static readonly KnownIssue[] Known =
    [
        new("mixing plant beside 丽发新城", text => text.Contains("丽发") && (text.Contains("搅拌") || text.Contains("水泥") || text.Contains("混凝土"))),
        new("bundled parking spaces at 伊景园滨河苑", text => (text.Contains("伊景园") || text.Contains("滨河苑") || text.Contains("广铁")) && text.Contains("车位")),
        new("talent housing subsidy 人才购房补贴", text => text.Contains("人才") && text.Contains('房') && (text.Contains("补贴") || text.Contains("补助"))),
    ];

    // Characters; a narrow screen breaks the table into slivers.
    private const int Widest = 200;

    public static int Run(string[] args)
    {
        var options = new LanguageOptions(args, ["--input", "--output", "--top", "--json"], []);
        var top = int.TryParse(options.One("--top") ?? "10", out var count) && count is >= 1 and <= 1000 ? count : throw new ArgumentException("--top takes 1 to 1000.");
        var rows = JsonLines.Read<Row>(options.Needed("--input")).OrderBy(row => row.Time).ToList();
        var play = new HotIssuesPlay();
        foreach (var row in rows)
        {
            play.Take(row.ToText());
        }

        var issues = play.Issues();
        var report = new Report("hot-issues");
        Print(issues.Take(top).ToList());
        foreach (var known in Known)
        {
            Add(report, known, issues, rows);
        }

        if (options.One("--output") is { } output)
        {
            File.WriteAllLines(output, issues.Take(top).Select((issue, at) => CityJson.Write(new { rank = at + 1, issue })));
        }

        report.Print(options.One("--json"));
        return 0;
    }

    private static void Print(List<HotIssue> issues)
    {
        var table = new Table().Title("hot issues").AddColumns("rank", "index", "reach + burst + support + severity", "periods", "name", "phrases", "members", "reporters", "first warned", "5th", "10th");
        foreach (var (issue, at) in issues.Select((issue, at) => (issue, at)))
        {
            table.AddRow(new[]
            {
                Number(at + 1), Number(issue.Index.Value), string.Join(" + ", new[] { issue.Index.Reach, issue.Index.Burst, issue.Index.Support, issue.Index.Severity }.Select(Number)),
                string.Join("; ", issue.Periods), issue.Name, string.Join(' ', issue.Phrases), Number(issue.Members.Count), Number(issue.Reporters), $"{issue.FirstWarned:O}", $"{issue.Fifth:O}", $"{issue.Tenth:O}",
            }.Select(Markup.Escape).ToArray());
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, Widest);
        AnsiConsole.Write(table);
    }

    private static void Add(Report report, KnownIssue known, List<HotIssue> issues, List<Row> rows)
    {
        var expected = rows.Where(row => known.Holds(row.Title + row.Text)).Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        if (expected.Count == 0)
        {
            return;
        }

        var (issue, rank) = issues.Select((issue, at) => (issue, at + 1)).MaxBy(pair => pair.issue.Members.Count(expected.Contains));
        var common = issue.Members.Count(expected.Contains);
        report.Add($"{known.Name}: rank", "of 1", rank);
        report.Add($"{known.Name}: precision", "of 1", (double)common / issue.Members.Count);
        report.Add($"{known.Name}: recall", "of 1", (double)common / expected.Count);
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private sealed record KnownIssue(string Name, Predicate<string> Holds);

    private sealed record Row(string Id, string? User, string? Title, string? Text, DateTimeOffset Time, int Likes, int Dislikes)
    {
        public TopicText ToText() => new(string.IsNullOrWhiteSpace(Title) ? Text ?? "" : Title, Id, string.IsNullOrWhiteSpace(Title) ? null : Text, Time, null, User, Likes, Dislikes);
    }
}
