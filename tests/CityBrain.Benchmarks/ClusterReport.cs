using System.Text.Json;

namespace CityBrain.Benchmarks;

/// <summary>How well topics agree with gold labels: mutual information in both normalisations, homogeneity, completeness, adjusted Rand index.</summary>
internal static class ClusterReport
{
    public static int Run(string[] args)
    {
        var options = new LanguageOptions(args, ["--input", "--output", "--json"], []);
        var gold = JsonLines.Read<Row>(options.Needed("--input")).Where(row => row.ClusterNo is not null).ToDictionary(row => row.Id.ToString(), row => row.ClusterNo!.Value.ToString(), StringComparer.Ordinal);
        var pairs = File.ReadLines(options.Needed("--output")).Select(line => line.Split('\t'))
            .Where(parts => parts.Length == 2 && gold.ContainsKey(parts[0])).Select(parts => (Gold: gold[parts[0]], Topic: parts[1])).ToList();
        if (pairs.Count == 0)
        {
            throw new InvalidDataException("No line of --output has an id that --input labels with clusterNo.");
        }

        var report = new Report("cluster-report");
        var scores = ClusterScores.Of(pairs);
        report.Add("texts with a label", "texts", pairs.Count);
        report.Add("NMI_a", "of 1", scores.NmiArithmetic);
        report.Add("NMI_g", "of 1", scores.NmiGeometric);
        report.Add("homogeneity", "of 1", scores.Homogeneity);
        report.Add("completeness", "of 1", scores.Completeness);
        report.Add("ARI", "of 1", scores.AdjustedRand);
        report.Add("clusters", "clusters", pairs.Select(pair => pair.Topic).Distinct(StringComparer.Ordinal).Count());
        report.Add("gold clusters", "clusters", pairs.Select(pair => pair.Gold).Distinct(StringComparer.Ordinal).Count());
        report.Print(options.One("--json"));
        return 0;
    }

    private sealed record Row(JsonElement Id, JsonElement? ClusterNo);
}

/// <summary>Agreement of two ways to part the same things.</summary>
internal sealed record ClusterScores(double NmiArithmetic, double NmiGeometric, double Homogeneity, double Completeness, double AdjustedRand)
{
    public static ClusterScores Of(IReadOnlyCollection<(string Gold, string Topic)> pairs)
    {
        double n = pairs.Count;
        var gold = pairs.CountBy(pair => pair.Gold).ToDictionary(count => count.Key, count => (double)count.Value, StringComparer.Ordinal);
        var topics = pairs.CountBy(pair => pair.Topic).ToDictionary(count => count.Key, count => (double)count.Value, StringComparer.Ordinal);
        var cells = pairs.CountBy(pair => pair).ToList();
        var mutual = cells.Sum(cell => cell.Value / n * Math.Log(n * cell.Value / (gold[cell.Key.Gold] * topics[cell.Key.Topic])));
        var (goldEntropy, topicEntropy) = (Entropy(gold.Values, n), Entropy(topics.Values, n));
        var (both, ofGold, ofTopics) = (cells.Sum(cell => Pairs(cell.Value)), gold.Values.Sum(Pairs), topics.Values.Sum(Pairs));
        var expected = ofGold * ofTopics / Pairs(n);
        return new(
            Share(2 * mutual, goldEntropy + topicEntropy),
            Share(mutual, Math.Sqrt(goldEntropy * topicEntropy)),
            Share(mutual, goldEntropy),
            Share(mutual, topicEntropy),
            Share(both - expected, ((ofGold + ofTopics) / 2) - expected));
    }

    private static double Entropy(IEnumerable<double> sizes, double n) => -sizes.Sum(size => size / n * Math.Log(size / n));

    private static double Pairs(double size) => size * (size - 1) / 2;

    private static double Share(double part, double whole) => whole == 0 ? 1 : part / whole;
}
