using CityBrain.EarlyWarning.Bursts;

namespace CityBrain.Benchmarks;

/// <summary>A place with its score on a day.</summary>
internal sealed record ScoredZone(double Score, int[] Areas);

/// <summary>An alarm: the day it began, and where; no areas for the whole city.</summary>
internal sealed record FoundEpisode(int Onset, int[] Areas)
{
    private const int QuietDays = 7;

    /// <summary>Episodes at a threshold: what overlaps in place and follows within the quiet days is one.</summary>
    public static List<FoundEpisode> From(List<List<ScoredZone>> days, double threshold)
    {
        var found = new List<FoundEpisode>();
        var open = new List<(HashSet<int> Reach, int Last)>();
        for (var day = 0; day < days.Count; day++)
        {
            open.RemoveAll(episode => episode.Last < day - QuietDays);
            foreach (var zone in days[day].Where(zone => zone.Score > threshold))
            {
                var at = open.FindIndex(episode => zone.Areas.Any(episode.Reach.Contains));
                if (at < 0)
                {
                    found.Add(new FoundEpisode(day, zone.Areas));
                    open.Add(([.. zone.Areas], day));
                }
                else
                {
                    open[at].Reach.UnionWith(zone.Areas);
                    open[at] = (open[at].Reach, day);
                }
            }
        }

        return found;
    }
}

/// <summary>The detectors that others use, on daily counts by area: each gives scores; what score is an alarm, the budget decides.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scores">For each day the places that score, the best first.</param>
internal sealed record KnownDetectors(string Name, Func<int[][], BurstGround, List<List<ScoredZone>>> Scores)
{
    private const double LeastDeviation = 0.2;
    private const int Longest = 7;
    private const int PermutationDays = 60;
    private const int PlacesADay = 4;

    /// <summary>EARS C2 and C3 for each area; Kulldorff's conditional scan with a year's shares; the space-time permutation scan of 60 days.</summary>
    public static IReadOnlyList<KnownDetectors> All { get; } =
    [
        new("EARS C2", (counts, _) => Ears(counts, isSummed: false)),
        new("EARS C3", (counts, _) => Ears(counts, isSummed: true)),
        new("Kulldorff", (counts, ground) => Scan(counts, ground, 365)),
        new("space-time permutation", (counts, ground) => Scan(counts, ground, PermutationDays)),
    ];

    /// <summary>C2: today against mean and deviation of the days 9 to 3 before. C3: the excess of C2 over 1, summed over three days.</summary>
    private static List<List<ScoredZone>> Ears(int[][] counts, bool isSummed)
    {
        double Second(int day, int area) => EarsScore.C2(counts[day][area], [.. Enumerable.Range(day - 9, 7).Select(before => (double)counts[before][area])], LeastDeviation);

        return [.. counts.Select((today, day) => day < 12
            ? []
            : today.Select((_, area) => new ScoredZone(isSummed ? EarsScore.C3(Enumerable.Range(day - 2, 3).Select(at => Second(at, area))) : Second(day, area), [area]))
                .OrderByDescending(zone => zone.Score).Take(8).ToList())];
    }

    /// <summary>
    /// The likelihood ratio of Kulldorff's scan over zones and the last 1 to 7 days. Expected is the zone's share of the past (a year; or 60 days that hold
    /// the window, which is the permutation model) times what the whole city had in the window.
    /// </summary>
    private static List<List<ScoredZone>> Scan(int[][] counts, BurstGround ground, int pastDays)
    {
        var areas = ground.Areas.Count;
        var sums = new double[counts.Length + 1][];
        sums[0] = new double[areas];
        for (var day = 0; day < counts.Length; day++)
        {
            sums[day + 1] = [.. sums[day].Zip(counts[day], (sum, count) => sum + count)];
        }

        return [.. counts.Select((_, day) => day < PermutationDays ? [] : Best(day))];

        List<ScoredZone> Best(int day)
        {
            var isPermuted = pastDays == PermutationDays;
            var (first, last) = (Math.Max(0, day + 1 - pastDays), isPermuted ? day + 1 : day + 1 - Longest);
            var past = Between(first, last);
            var total = past.Sum();
            var zones = new double[ground.ZoneCount];
            for (var length = 1; length <= Longest; length++)
            {
                var window = Between(day + 1 - length, day + 1);
                var all = window.Sum();
                for (var zone = 0; zone < zones.Length; zone++)
                {
                    var (seen, share) = (0d, 0d);
                    foreach (var area in ground.AreasOf(zone))
                    {
                        (seen, share) = (seen + window[area], share + past[area]);
                    }

                    zones[zone] = Math.Max(zones[zone], Ratio(seen, Math.Max(0.5, share) * all / Math.Max(1, total), isPermuted ? total : all));
                }
            }

            var best = new List<ScoredZone>();
            foreach (var zone in Enumerable.Range(0, zones.Length).Where(zone => zones[zone] > 1).OrderByDescending(zone => zones[zone]))
            {
                int[] places = [.. ground.AreasOf(zone)];
                if (best.Count < PlacesADay && !best.Any(other => other.Areas.Intersect(places).Any()))
                {
                    best.Add(new ScoredZone(zones[zone], places));
                }
            }

            return best;
        }

        double[] Between(int from, int to) => [.. sums[to].Zip(sums[from], (end, start) => end - start)];
    }

    private static double Ratio(double seen, double expected, double all) => seen <= expected || seen <= 0
        ? 0
        : (seen * Math.Log(seen / expected)) + (all > seen ? (all - seen) * Math.Log((all - seen) / (all - expected)) : 0);
}
