using CityBrain.City;
using CityBrain.EarlyWarning;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.EarlyWarning.Watching;

namespace CityBrain.Tests.EarlyWarning;

/// <summary>Weeks in a small town, as early warning is told of them: the same for the same seed.</summary>
internal static class WatchDays
{
    public static readonly EarlyWarningOptions Options = new() { Level = AreaLevel.Grid, LearnDays = 28, FalseEpisodesAWeek = 0.05, Warnings = new() { NearKilometres = 15 } };

    public static readonly WatchGround Ground = new(SmallTown.Areas, AreaLevel.Grid);

    private static readonly string[] Grids = ["g-west-1", "g-west-2", "g-east-1", "g-east-2"];

    private static readonly (string Code, string[] Texts)[] Matters =
    [
        ("rubbish", ["rubbish in front of the door", "bins overflow with rubbish", "rubbish heap not taken away", "somebody throws rubbish bags"]),
        ("noise", ["noise of a karaoke bar at night", "drilling noise on Sunday", "dogs bark all night noise", "square dancing noise too loud"]),
        ("water", ["flooding under the bridge", "street flooding after rain", "cellar flooding again"]),
    ];

    private static readonly string[] Depot =
    [
        "rubbish fire smell from the old depot",
        "old depot smells of burning rubbish",
        "smoke and smell from the depot, rubbish heap burning",
        "they are burning rubbish at the old depot every evening",
        "burning smell of the old depot, we cannot open windows",
    ];

    /// <summary>A machine that has seen nothing, or goes on from what was kept.</summary>
    public static CityWatch Watch(CityWatchState? state = null) => new(SmallTown.City, Ground, Options, state);

    /// <summary>An instant, days after the first morning.</summary>
    public static DateTimeOffset At(double days) => SmallTown.Morning.AddDays(days);

    /// <summary>A case.</summary>
    public static WatchEntry Case(string id, double day, string text, string? category = "rubbish", string? area = "g-west-1", string? reporter = null) =>
        new("case-" + id, At(day)) { Case = new(id, "", text, category, area, reporter ?? "r" + id) };

    /// <summary>Time passes.</summary>
    public static WatchEntry Midnight(int day) => new($"day-{day}", At(day));

    /// <summary>An anomaly of the gauge.</summary>
    public static WatchEntry Anomaly(double day, double score = 6) => new($"device-gauge-1-{day}", At(day))
    {
        Device = new("river-gauge", new("gauge-1/level/1", SignKind.Sensor, "gauge-1", "Level", ["water", "rubbish"], ["g-west-1"], At(day), At(day), null, 2.1, 0.4, score, null)),
    };

    /// <summary>Days on which nothing is the matter: a few cases a day of each kind, at random places.</summary>
    public static IEnumerable<WatchEntry> Quiet(int from, int to, int seed = 7)
    {
        var random = new Random(seed);
        for (var day = from; day < to; day++)
        {
            var times = Enumerable.Range(0, 2 + random.Next(4)).Select(_ => random.NextDouble() * 0.4).Order();
            foreach (var (time, number) in times.Select((time, number) => (time, number)))
            {
                var (code, texts) = Matters[random.Next(Matters.Length)];
                yield return Case($"q{seed}-{day}-{number}", day + time, texts[random.Next(texts.Length)], code, Grids[random.Next(Grids.Length)]);
            }

            yield return Midnight(day + 1);
        }
    }

    /// <summary>So many people write of one trouble in one place, within hours.</summary>
    public static IEnumerable<WatchEntry> Burst(double day, int people, string area = "g-west-1", string category = "rubbish") =>
        Enumerable.Range(0, people).Select(i => Case($"b{day}-{i}", day + (0.01 * i), Depot[i % Depot.Length], category, area));

    /// <summary>Takes entries; returns every state of every warning.</summary>
    public static List<Warning> Take(this CityWatch watch, IEnumerable<WatchEntry> entries) => [.. entries.SelectMany(watch.Take)];
}
