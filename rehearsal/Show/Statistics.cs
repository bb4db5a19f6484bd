namespace CityBrain.Rehearsal.Show;

/// <summary>Count, median, 90th and 99th percentile (nearest rank) and mean of some values. Pure.</summary>
internal sealed record Statistics(int Count, double Median, double P90, double P99, double Mean)
{
    /// <summary>Of values in any order; all zero when there are none.</summary>
    public static Statistics Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? new Statistics(0, 0, 0, 0, 0) : new Statistics(sorted.Count, Rank(0.5), Rank(0.9), Rank(0.99), sorted.Average());

        double Rank(double share) => sorted[Math.Max(0, (int)Math.Ceiling(sorted.Count * share) - 1)];
    }
}
