using System.Globalization;
using CityBrain.Cases;

namespace CityBrain.Cockpit;

/// <summary>Handling times from the histogram of <see cref="CaseTally"/>. Pure.</summary>
public static class HandlingTimes
{
    /// <summary>The histogram of the counters: one bucket for each bound, and one beyond.</summary>
    public static IReadOnlyList<HandlingBucket> Histogram(IReadOnlyDictionary<string, long> counters) =>
    [
        .. CaseTally.HandlingHours.Select(bound => new HandlingBucket(bound, counters.GetValueOrDefault("closed:hours<=" + bound.ToString(CultureInfo.InvariantCulture)))),
        new HandlingBucket(null, counters.GetValueOrDefault("closed:hours<=more")),
    ];

    /// <summary>
    /// The hours within which a share of the cases was closed; the last bound when the share lies beyond it; null when nothing is closed.
    /// Within a bucket the cases are taken to lie evenly on a logarithmic scale, as handling times do; in the first, which starts at 0, evenly.
    /// </summary>
    /// <param name="histogram">From <see cref="Histogram"/>.</param>
    /// <param name="share">Between 0 and 1.</param>
    public static double? Percentile(IReadOnlyList<HandlingBucket> histogram, double share)
    {
        var (rank, from) = (share * histogram.Sum(bucket => bucket.Count), 0.0);
        foreach (var bucket in histogram)
        {
            if (bucket is { UpToHours: { } to, Count: > 0 } && rank <= bucket.Count)
            {
                var part = rank / bucket.Count;
                return from > 0 ? from * Math.Pow(to / from, part) : to * part;
            }

            rank -= bucket.Count;
            from = bucket.UpToHours ?? from;
        }

        return histogram.Any(bucket => bucket.Count > 0) ? from : null;
    }
}
