using MathNet.Numerics.Distributions;

namespace CityBrain.Benchmarks;

/// <summary>What a simulated trouble is: so many areas, or the whole city by a factor; slow ones last four weeks.</summary>
/// <param name="Name">Its kind.</param>
/// <param name="Side">The side of its square of areas; 0 for the whole city.</param>
/// <param name="Cases">Its reports, or for the whole city the factor of the usual rate.</param>
/// <param name="Days">How long it lasts at most, and within which time it should be found.</param>
internal sealed record SimulatedKind(string Name, int Side, double Cases, int Days);

/// <summary>A trouble that the simulator put in: <paramref name="Areas"/> is empty for the whole city.</summary>
internal sealed record SimulatedTrouble(string Kind, int Start, int Days, IReadOnlyList<int> Areas);

/// <summary>
/// Daily reports of one subject over a square city, with what troubles are hidden in them. A day's mean is rate x area x weekday x season; the
/// areas differ (log-normal, sd 0.3), weekdays are those of a city that works Monday to Friday, the season is a sine of a year with amplitude 0.2 and
/// a start by chance, counts are negative binomial with variance 1.3 times the mean. Troubles come after a clean year, one every 45 days, kinds in turn: their
/// reports fall on days after the start by a log-normal law (median 3 days, sd 0.5), or evenly over four weeks when slow; a citywide one multiplies ten days.
/// All follows from the seed.
/// </summary>
internal sealed class SimulatedReports
{
    public const int Side = 8;
    public const int CleanDays = 365;
    public const int Apart = 45;
    private const double Dispersion = 1.3;
    private static readonly double[] Weekdays = [1.25, 1.15, 1.1, 1.1, 1.05, 0.75, 0.6];

    private SimulatedReports(int[][] counts, IReadOnlyList<SimulatedTrouble> troubles) => (Counts, Troubles) = (counts, troubles);

    /// <summary>Reports by day and area.</summary>
    public int[][] Counts { get; }

    public IReadOnlyList<SimulatedTrouble> Troubles { get; }

    /// <summary>Kinds of trouble for a base rate of reports by area and day, sized so that they are hard to see there.</summary>
    public static IReadOnlyList<SimulatedKind> Kinds(double mean) => mean switch
    {
        < 0.05 => [new("one area", 1, 5, 10), new("four areas", 2, 8, 10), new("nine areas", 3, 12, 10), new("citywide", 0, 1.8, 10), new("slow burn", 1, 10, 28)],
        < 0.3 => [new("one area", 1, 6, 10), new("four areas", 2, 10, 10), new("nine areas", 3, 16, 10), new("citywide", 0, 1.5, 10), new("slow burn", 1, 14, 28)],
        _ => [new("one area", 1, 10, 10), new("four areas", 2, 18, 10), new("nine areas", 3, 30, 10), new("citywide", 0, 1.3, 10), new("slow burn", 1, 24, 28)],
    };

    /// <summary>Simulates one subject.</summary>
    /// <param name="seed">Everything follows from it.</param>
    /// <param name="mean">Reports by area and day.</param>
    /// <param name="troubles">How many troubles.</param>
    /// <param name="days">How long, at least; longer if the troubles need it.</param>
    public static SimulatedReports Make(int seed, double mean, int troubles, int days = 0)
    {
        var random = new Random(seed);
        var length = Math.Max(days, CleanDays + (troubles * Apart));
        var phase = random.NextDouble() * 2 * Math.PI;
        var areas = Enumerable.Range(0, Side * Side).Select(_ => Math.Exp((0.3 * Normal.Sample(random, 0, 1)) - 0.045)).ToArray();
        var factors = Enumerable.Range(0, length).Select(day => Weekdays[day % 7] * Math.Exp(0.2 * Math.Sin((2 * Math.PI * day / 365) + phase))).ToArray();
        var counts = factors.Select(factor => areas.Select(area => Count(random, mean * factor * area)).ToArray()).ToArray();
        var kinds = Kinds(mean);
        var put = Enumerable.Range(0, troubles).Select(i => Put(random, kinds[i % kinds.Count], CleanDays + (i * Apart) + random.Next(7), counts, factors, areas, mean)).ToList();
        return new SimulatedReports(counts, put);
    }

    private static SimulatedTrouble Put(Random random, SimulatedKind kind, int start, int[][] counts, double[] factors, double[] areas, double mean)
    {
        if (kind.Side == 0)
        {
            for (var day = start; day < start + kind.Days; day++)
            {
                for (var area = 0; area < areas.Length; area++)
                {
                    counts[day][area] += Count(random, mean * factors[day] * areas[area] * (kind.Cases - 1));
                }
            }

            return new SimulatedTrouble(kind.Name, start, kind.Days, []);
        }

        var (left, top) = (random.Next(Side - kind.Side + 1), random.Next(Side - kind.Side + 1));
        var places = Enumerable.Range(0, kind.Side * kind.Side).Select(i => ((top + (i / kind.Side)) * Side) + left + (i % kind.Side)).ToList();
        for (var i = 0; i < kind.Cases; i++)
        {
            var day = kind.Days > 10 ? random.Next(kind.Days) : (int)Math.Min(kind.Days - 1, LogNormal.Sample(random, Math.Log(3), 0.5));
            counts[start + day][places[random.Next(places.Count)]]++;
        }

        return new SimulatedTrouble(kind.Name, start, kind.Days, places);
    }

    private static int Count(Random random, double mean) =>
        mean <= 0 ? 0 : Poisson.Sample(random, Math.Max(1e-12, Gamma.Sample(random, mean / (Dispersion - 1), 1 / (Dispersion - 1))));
}
