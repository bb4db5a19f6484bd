namespace CityBrain.Benchmarks;

/// <summary>How well scores tell two kinds apart.</summary>
internal static class Agreement
{
    /// <summary>Chance that one of the right kind scores above one of the other (area under the ROC curve); equal scores count half.</summary>
    public static double Auc((double Score, bool Right)[] scored)
    {
        var (ranks, at) = (0d, 0d);
        foreach (var tied in scored.GroupBy(item => item.Score).OrderBy(group => group.Key))
        {
            ranks += tied.Count(item => item.Right) * (at + ((tied.Count() + 1) / 2d));
            at += tied.Count();
        }

        double right = scored.Count(item => item.Right);
        return (ranks - (right * (right + 1) / 2)) / (right * (scored.Length - right));
    }

    /// <summary>An order in which nothing stays in its place; the same for the same seed (Sattolo).</summary>
    public static int[] Derangement(int count, ulong seed)
    {
        var order = Enumerable.Range(0, count).ToArray();
        for (var i = count - 1; i > 0; i--)
        {
            seed = (seed * 6364136223846793005) + 1442695040888963407;
            var other = (int)((seed >> 33) % (ulong)i);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }
}
