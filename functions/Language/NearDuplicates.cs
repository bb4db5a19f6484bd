using System.Runtime.InteropServices;

namespace CityBrain.Language;

/// <summary>Two texts that are nearly the same.</summary>
/// <param name="A">Number of the earlier one.</param>
/// <param name="B">Number of the later one.</param>
/// <param name="Jaccard">Jaccard similarity of their character 3-grams, threshold to 1.</param>
public sealed record NearDuplicate(int A, int B, double Jaccard);

/// <summary>All pairs of nearly equal texts, exactly. Pure.</summary>
public static class NearDuplicates
{
    /// <summary>Similarity from which texts count as nearly the same.</summary>
    public const double DefaultThreshold = 0.8;

    private const int MostCounted = ushort.MaxValue;

    /// <summary>All pairs, in order of the later and then the earlier text. Elements are ordered by rarity, so that few texts are compared.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="threshold">Least similarity; above 0, at most 1.</param>
    public static IReadOnlyList<NearDuplicate> Join(IReadOnlyList<string> texts, double threshold = DefaultThreshold)
    {
        var sets = texts.AsParallel().AsOrdered().Select(text => Shingles.Of(text)).ToArray();
        var inTexts = new Dictionary<ulong, int>();
        foreach (var shingle in sets.SelectMany(set => set))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(inTexts, shingle, out _)++;
        }

        var ordered = sets.AsParallel().AsOrdered().Select(set => RarestFirst(set, inTexts)).ToArray();
        var index = new PrefixIndex(threshold);
        var pairs = new List<NearDuplicate>();
        for (var number = 0; number < ordered.Length; number++)
        {
            var (set, unshared) = ordered[number];
            pairs.AddRange(index.Similar(set, unshared).Select(other => new NearDuplicate(other.Number, number, other.Similarity)).Reverse());
            index.Add(set, unshared);
        }

        return pairs;
    }

    /// <summary>The same by comparing every text with every other: slow and obvious.</summary>
    public static IReadOnlyList<NearDuplicate> CompareAll(IReadOnlyList<string> texts, double threshold = DefaultThreshold)
    {
        var sets = texts.Select(text => Shingles.Of(text)).ToArray();
        return
        [
            .. ParallelEnumerable.Range(0, sets.Length).AsOrdered().SelectMany(b => Enumerable.Range(0, b)
                .Select(a => new NearDuplicate(a, b, Shingles.Jaccard(sets[a], sets[b])))
                .Where(pair => pair.Jaccard >= threshold)),
        ];
    }

    /// <summary>Groups of texts that pairs connect: for each text the number of its group, counted from 0.</summary>
    public static IReadOnlyList<int> Groups(int count, IEnumerable<NearDuplicate> pairs)
    {
        var parent = Enumerable.Range(0, count).ToArray();
        int Root(int text) => parent[text] == text ? text : parent[text] = Root(parent[text]);
        foreach (var pair in pairs)
        {
            parent[Root(pair.B)] = Root(pair.A);
        }

        var numbers = new Dictionary<int, int>();
        return [.. parent.Select((_, text) => numbers.TryGetValue(Root(text), out var number) ? number : numbers[Root(text)] = numbers.Count)];
    }

    private static (ulong[] Set, int Unshared) RarestFirst(ulong[] set, Dictionary<ulong, int> inTexts)
    {
        var ordered = Array.ConvertAll(set, shingle => ((ulong)Math.Min(inTexts[shingle], MostCounted) << Shingles.Bits) | shingle);
        Array.Sort(ordered);
        var unshared = 0;
        while (unshared < ordered.Length && ordered[unshared] >> Shingles.Bits == 1)
        {
            unshared++;
        }

        return (ordered, unshared);
    }
}
