using System.Globalization;
using CityBrain.EarlyWarning.Bursts;
using Spectre.Console;

namespace CityBrain.Benchmarks;

/// <summary>
/// How many simulated troubles are found, how late, and how many episodes are false: here and by the known detectors. A trouble is found when a new
/// episode begins within its days and touches one of its areas. The known detectors get the threshold that gives just as many false episodes on these very days;
/// ours learns its threshold as it goes.
/// </summary>
internal static class DetectReport
{
    private const int Aftermath = 14;
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static int Run(string[] args)
    {
        var options = new LanguageOptions(args, ["--troubles", "--seed", "--budget", "--means", "--json"], ["--ours"]);
        var troubles = int.Parse(options.One("--troubles") ?? "80", CultureInfo.InvariantCulture);
        var seed = int.Parse(options.One("--seed") ?? "1", CultureInfo.InvariantCulture);
        var budget = double.Parse(options.One("--budget") ?? "1", CultureInfo.InvariantCulture);
        var means = options.Has("--means") ? options.All("--means").Select(text => double.Parse(text, CultureInfo.InvariantCulture)) : [0.02, 0.1, 0.5];
        var ground = Ground();
        foreach (var mean in means)
        {
            var kinds = SimulatedReports.Kinds(mean);
            var subjects = Enumerable.Range(0, Math.Max(1, troubles / 4)).Select(i => SimulatedReports.Make((seed * 10007) + i, mean, kinds.Count * 4)).ToList();
            var table = new Table().Title(string.Create(CultureInfo.InvariantCulture, $"mean {mean} by area and day: found / days (missed: all)")).AddColumn("detector");
            foreach (var kind in kinds)
            {
                table.AddColumn($"{kind.Name}, {kind.Cases.ToString(CultureInfo.InvariantCulture)}");
            }

            table.AddColumn("false in 30 days");
            table.AddRow([.. Row("this project", kinds, subjects, [.. subjects.Select(subject => Ours(subject, ground, budget))])]);
            foreach (var known in options.Has("--ours") ? [] : KnownDetectors.All)
            {
                var days = subjects.Select(subject => known.Scores(subject.Counts, ground)).ToList();
                table.AddRow([.. Row(known.Name, kinds, subjects, AtBudget(subjects, days, budget))]);
            }

            AnsiConsole.Write(table);
        }

        return 0;
    }

    /// <summary>The city of the simulator: squares of about a kilometre.</summary>
    public static BurstGround Ground() => new(Enumerable.Range(0, SimulatedReports.Side * SimulatedReports.Side)
        .Select(i => new BurstArea(Name(i), 30 + (i / SimulatedReports.Side * 0.01), 104 + (i % SimulatedReports.Side * 0.01 / Math.Cos(30.035 * Math.PI / 180)))));

    /// <summary>The name of an area; the order of names is that of numbers.</summary>
    public static string Name(int area) => $"a{area:00}";

    private static List<FoundEpisode> Ours(SimulatedReports subject, BurstGround ground, double budget) =>
        [.. DetectStream.Play(Buckets("s", subject), ground, isHourly: false, budget)
            .Select(episode => new FoundEpisode((episode.Onset.Onset - Start).Days, [.. episode.Onset.Areas.Select(ground.IndexOf)]))];

    /// <summary>The days of a subject as buckets.</summary>
    public static IEnumerable<DetectBucket> Buckets(string series, SimulatedReports subject) =>
        subject.Counts.Select((counts, day) => new DetectBucket(Start.AddDays(day), series, [.. counts.Select((count, area) => new BurstCount(area, count)).Where(count => count.Count > 0)]));

    /// <summary>Episodes at the threshold at which as many are false as the budget allows.</summary>
    private static List<List<FoundEpisode>> AtBudget(List<SimulatedReports> subjects, List<List<List<ScoredZone>>> days, double budget)
    {
        var (low, high) = (0d, 200d);
        for (var step = 0; step < 30; step++)
        {
            var middle = (low + high) / 2;
            var tried = days.Select(scores => FoundEpisode.From(scores, middle)).ToList();
            (low, high) = FalseIn30Days(subjects, tried) > budget ? (middle, high) : (low, middle);
        }

        return [.. days.Select(scores => FoundEpisode.From(scores, high))];
    }

    private static IEnumerable<string> Row(string name, IReadOnlyList<SimulatedKind> kinds, List<SimulatedReports> subjects, List<List<FoundEpisode>> episodes)
    {
        yield return name;
        foreach (var kind in kinds)
        {
            var delays = subjects.Zip(episodes).SelectMany(pair => pair.First.Troubles.Where(trouble => trouble.Kind == kind.Name).Select(trouble => Delay(trouble, pair.Second))).ToList();
            var found = delays.Count(delay => delay is not null) / (double)delays.Count;
            yield return string.Create(CultureInfo.InvariantCulture, $"{found:.00} / {delays.Average(delay => delay ?? kind.Days):0.0}");
        }

        yield return FalseIn30Days(subjects, episodes).ToString("0.00", CultureInfo.InvariantCulture);
    }

    private static int? Delay(SimulatedTrouble trouble, List<FoundEpisode> episodes)
    {
        var first = episodes.Where(episode => episode.Onset >= trouble.Start && episode.Onset < trouble.Start + trouble.Days && Touches(trouble, episode)).MinBy(episode => episode.Onset);
        return first is null ? null : first.Onset - trouble.Start;
    }

    private static bool Touches(SimulatedTrouble trouble, FoundEpisode episode) =>
        trouble.Areas.Count == 0 || episode.Areas.Length == 0 || episode.Areas.Any(trouble.Areas.Contains);

    /// <summary>Days before the second half of the clean year are for learning; days within a trouble and two weeks after are not counted.</summary>
    private static double FalseIn30Days(List<SimulatedReports> subjects, List<List<FoundEpisode>> episodes)
    {
        var (count, days) = (0, 0);
        foreach (var (subject, found) in subjects.Zip(episodes))
        {
            var isQuiet = Enumerable.Range(0, subject.Counts.Length)
                .Select(day => day >= SimulatedReports.CleanDays / 2 && !subject.Troubles.Any(trouble => day >= trouble.Start && day < trouble.Start + trouble.Days + Aftermath)).ToArray();
            (count, days) = (count + found.Count(episode => isQuiet[episode.Onset]), days + isQuiet.Count(quiet => quiet));
        }

        return count * 30.0 / days;
    }
}
