using CityBrain.EarlyWarning.Bursts;

namespace CityBrain.Tests.EarlyWarning;

/// <summary>A town of 5 x 5 areas with reports that follow from a seed, and what a watch makes of them.</summary>
internal static class BurstsTown
{
    public const int Side = 5;
    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly BurstSettings Settings = new() { IsHourly = false };

    public static BurstGround Ground() => new(Areas());

    public static IEnumerable<BurstArea> Areas() => Enumerable.Range(0, Side * Side).Select(i => new BurstArea($"a{i:00}", i / Side * 0.01, i % Side * 0.01));

    /// <summary>Poisson counts by day and area.</summary>
    public static int[][] Quiet(int seed, int days, double mean, Func<int, double>? factor = null)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, days).Select(day => Enumerable.Range(0, Side * Side).Select(_ => Poisson(random, mean * (factor?.Invoke(day) ?? 1))).ToArray())];
    }

    public static BurstWatch Watch(double falseEpisodesAWeek = 0.25) => Watch(Ground(), falseEpisodesAWeek);

    public static BurstWatch Watch(BurstGround ground, double falseEpisodesAWeek = 0.25) =>
        new("s", Settings, ground, new BurstProfile(Settings, ground), new AlarmBudget(ground, falseEpisodesAWeek));

    /// <summary>Plays days through a watch; gives back everything that it said.</summary>
    public static List<BurstEpisode> Play(BurstWatch watch, IEnumerable<int[]> days, int first = 0) =>
        [.. days.SelectMany((counts, day) => watch.Observe(Start.AddDays(first + day), CountsOf(counts)))];

    public static List<BurstCount> CountsOf(int[] counts) => [.. counts.Select((count, area) => new BurstCount(area, count)).Where(count => count.Count > 0)];

    /// <summary>The same days with more reports in one place.</summary>
    public static int[][] With(this int[][] days, int first, IReadOnlyList<int> areas, int length = 5, int more = 2)
    {
        for (var day = first; day < first + length; day++)
        {
            foreach (var area in areas)
            {
                days[day][area] += more;
            }
        }

        return days;
    }

    private static int Poisson(Random random, double mean)
    {
        var (count, product, limit) = (0, random.NextDouble(), Math.Exp(-mean));
        while (product > limit)
        {
            (count, product) = (count + 1, product * random.NextDouble());
        }

        return count;
    }
}
