namespace CityBrain.Benchmarks;

/// <summary>The two statistics of EARS, as the R package surveillance prints them.</summary>
internal static class EarsScore
{
    /// <summary>How many deviations a value lies above the mean of seven before it; below 0 when it lies under it.</summary>
    /// <param name="value">The present.</param>
    /// <param name="past">Those that lie nine to three steps before it.</param>
    /// <param name="leastDeviation">No deviation is smaller; above 0.</param>
    public static double C2(double value, double[] past, double leastDeviation)
    {
        var mean = past.Average();
        var deviation = Math.Sqrt(past.Sum(one => (one - mean) * (one - mean)) / (past.Length - 1));
        return (value - mean) / Math.Max(deviation, leastDeviation);
    }

    /// <summary>The excess over 1 of the last three C2, summed.</summary>
    public static double C3(IEnumerable<double> lastThree) => lastThree.Sum(score => Math.Max(0, score - 1));
}
