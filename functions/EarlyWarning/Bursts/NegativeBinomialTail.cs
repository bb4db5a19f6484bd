using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace CityBrain.EarlyWarning.Bursts;

/// <summary>How unlikely a count is, when its variance is a multiple of its mean. Pure.</summary>
public static class NegativeBinomialTail
{
    /// <summary>No score is higher.</summary>
    public const double Highest = 50;

    /// <summary>Above this mean the cube root of the count is normal enough (Wilson and Hilferty), and the exact sum too long.</summary>
    private const double Many = 400;

    private const double LeastDispersion = 1.001;

    /// <summary>−log10 P(X ≥ count), 0 to <see cref="Highest"/>.</summary>
    /// <param name="count">What was seen; need not be whole.</param>
    /// <param name="mean">What was expected, above 0.</param>
    /// <param name="dispersion">Variance divided by mean, at least 1.</param>
    public static double Score(double count, double mean, double dispersion)
    {
        if (count <= 0)
        {
            return 0;
        }

        var spread = Math.Max(dispersion, LeastDispersion);
        var p = mean > Many
            ? LargeTail(count, mean, spread)
            : SpecialFunctions.BetaRegularized(count, mean / (spread - 1), (spread - 1) / spread);
        return p <= 0 ? Highest : Math.Clamp(-Math.Log10(p), 0, Highest);
    }

    /// <summary>A score that is not exceeded by <see cref="Score"/>, in a fraction of its time; from the large-deviation rate of the distribution.</summary>
    public static double Bound(double count, double mean, double dispersion)
    {
        if (count <= mean)
        {
            return 1;
        }

        var size = mean / (Math.Max(dispersion, LeastDispersion) - 1);
        var rate = (count * Math.Log(count / mean)) - ((count + size) * Math.Log((count + size) / (mean + size)));
        return Math.Max(1, (rate / Math.Log(10)) + 0.5 + (0.5 * Math.Log10(1 + (2 * Math.PI * count * (1 + (count / size))))) + Math.Max(0, -Math.Log10(size)));
    }

    /// <summary>The gamma distribution of the same mean and variance, made normal by its cube root.</summary>
    private static double LargeTail(double count, double mean, double spread)
    {
        var shape = mean / spread;
        var z = (Math.Cbrt((count - 0.5) / mean) - 1 + (1 / (9 * shape))) * Math.Sqrt(9 * shape);
        return Normal.CDF(0, 1, -z);
    }
}
