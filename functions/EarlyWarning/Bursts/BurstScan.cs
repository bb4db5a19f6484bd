using System.Buffers;

namespace CityBrain.EarlyWarning.Bursts;

/// <summary>A window that ends now: what is expected of the whole city in it, and what each area reported.</summary>
/// <param name="Hours">Its length.</param>
/// <param name="Days">Over how many days it averages what days have in common.</param>
/// <param name="Expected">Expected reports of the city.</param>
/// <param name="Total">Reports of the city, of unknown place too.</param>
/// <param name="Counts">Reports of each area.</param>
/// <param name="Scale">1, or for sums that fade the part of their variance that is left.</param>
internal sealed record BurstWindow(int Hours, double Days, double Expected, double Total, double[] Counts, double Scale = 1);

/// <summary>A place and window with more reports than expected.</summary>
/// <param name="Layer">What saw it.</param>
/// <param name="Zone">The zone; −1 for the whole city.</param>
internal readonly record struct BurstSignal(BurstLayer Layer, int Zone, double Observed, double Expected, double Score, int Hours);

/// <summary>Looks for bursts in the windows that end now, in the zones that hold an area that has just reported.</summary>
internal sealed class BurstScan(BurstSettings settings, BurstGround ground, BurstBaseline baseline, BurstProfile profile, AlarmBudget budget)
{
    private const double FewestLeaky = 2;

    /// <summary>The highest score of each layer.</summary>
    public double[] Highest { get; } = new double[Enum.GetValues<BurstLayer>().Length];

    /// <summary>Signals above the threshold of their layer, the strongest first.</summary>
    public List<BurstSignal> Signals { get; } = [];

    /// <summary>Looks at the city, and at the zones around areas.</summary>
    /// <param name="windows">Windows that end now.</param>
    /// <param name="areas">Areas that have reported.</param>
    public void Run(IReadOnlyList<BurstWindow> windows, IEnumerable<int> areas)
    {
        var seen = ArrayPool<bool>.Shared.Rent(ground.ZoneCount);
        var shares = ArrayPool<double>.Shared.Rent(ground.Areas.Count);
        Array.Clear(seen);
        baseline.Shares(shares);
        foreach (var window in windows)
        {
            LookAt(window, -1, window.Total, window.Expected, settings.FewestInCity);
        }

        foreach (var area in areas)
        {
            foreach (var zone in ground.ZonesOf(area))
            {
                if (!seen[zone])
                {
                    seen[zone] = true;
                    LookAt(windows, zone, shares);
                }
            }
        }

        ArrayPool<bool>.Shared.Return(seen);
        ArrayPool<double>.Shared.Return(shares);
        Signals.Sort((one, other) => other.Score.CompareTo(one.Score) is not 0 and var order ? order : one.Zone.CompareTo(other.Zone));
    }

    private void LookAt(IReadOnlyList<BurstWindow> windows, int zone, double[] shares)
    {
        var share = 0d;
        foreach (var area in ground.AreasOf(zone))
        {
            share += shares[area];
        }

        foreach (var window in windows)
        {
            var count = 0d;
            foreach (var area in ground.AreasOf(zone))
            {
                count += window.Counts[area];
            }

            LookAt(window, zone, count, Math.Max(share * window.Expected, settings.AreaFloor * window.Days), settings.FewestInZone);
        }
    }

    private void LookAt(BurstWindow window, int zone, double count, double expected, int fewest)
    {
        var isSlow = window.Scale != 1;
        if (count <= expected || count < (isSlow ? FewestLeaky : fewest))
        {
            return;
        }

        var layer = isSlow ? BurstLayer.Slow : zone < 0 ? BurstLayer.City : zone < ground.Areas.Count ? BurstLayer.Area : BurstLayer.Zone;
        var (highest, threshold) = (Highest[(int)layer], budget.Threshold(layer));

        // What is expected is itself uncertain: the more so, the longer the window is beside the past that it follows from.
        var dispersion = (baseline.Dispersion + (profile.CommonVariance * expected / Math.Max(1, window.Days))) * (1 + (window.Days / ((2 * baseline.Weight) + 2)));
        var (scaledCount, scaledMean) = (count / window.Scale, expected / window.Scale);
        if (NegativeBinomialTail.Bound(scaledCount, scaledMean, dispersion) < Math.Min(threshold, Math.Max(highest, 0.5)))
        {
            return;
        }

        var score = NegativeBinomialTail.Score(scaledCount, scaledMean, dispersion);
        Highest[(int)layer] = Math.Max(highest, score);
        if (score >= threshold)
        {
            Signals.Add(new BurstSignal(layer, zone, count, expected, score, window.Hours));
        }
    }
}
