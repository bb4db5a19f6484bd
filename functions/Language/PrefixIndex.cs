namespace CityBrain.Language;

/// <summary>
/// Sets, findable by similarity: exact, by prefix and length filter with verification. Elements are numbers in an order that all sets share; the
/// rarer the first ones, the faster. Grows with each set; not safe for two threads at once.
/// </summary>
/// <param name="threshold">Least Jaccard similarity that is found; above 0, at most 1.</param>
internal sealed class PrefixIndex(double threshold)
{
    private readonly Dictionary<ulong, int> _heads = [];
    private readonly List<(int Set, int Next)> _postings = [];
    private readonly List<ulong[]> _sets = [];
    private readonly List<int> _seenBy = [];
    private int _queries;

    /// <summary>Number of sets.</summary>
    public int Count => _sets.Count;

    /// <summary>Adds a set; its number is the count before.</summary>
    /// <param name="set">The set, ascending.</param>
    /// <param name="unshared">How many first elements are in no other set, now or later; 0 if that is not known.</param>
    public void Add(ulong[] set, int unshared = 0)
    {
        for (var i = unshared; i < PrefixFilter.Prefix(set.Length, threshold); i++)
        {
            _postings.Add((Count, _heads.TryGetValue(set[i], out var head) ? head : -1));
            _heads[set[i]] = _postings.Count - 1;
        }

        _sets.Add(set);
        _seenBy.Add(0);
    }

    /// <summary>The sets that are similar enough, with their similarity; the newest first.</summary>
    /// <param name="set">The set, ascending.</param>
    /// <param name="unshared">How many first elements are in no other set; 0 if that is not known.</param>
    public List<(int Number, double Similarity)> Similar(ulong[] set, int unshared = 0)
    {
        var found = new List<(int Number, double Similarity)>();
        var query = ++_queries;
        for (var i = unshared; i < PrefixFilter.Prefix(set.Length, threshold); i++)
        {
            for (var at = _heads.TryGetValue(set[i], out var head) ? head : -1; at >= 0; at = _postings[at].Next)
            {
                var other = _postings[at].Set;
                if (_seenBy[other] == query)
                {
                    continue;
                }

                _seenBy[other] = query;
                if (Similarity(set, _sets[other]) is > 0 and var similarity)
                {
                    found.Add((other, similarity));
                }
            }
        }

        found.Sort((a, b) => b.Number.CompareTo(a.Number));
        return found;
    }

    /// <summary>The similarity, or 0 below the threshold.</summary>
    private double Similarity(ulong[] set, ulong[] other)
    {
        var (small, large) = (Math.Min(set.Length, other.Length), Math.Max(set.Length, other.Length));
        if (small < PrefixFilter.LeastSize(large, threshold))
        {
            return 0;
        }

        var similarity = Shingles.Jaccard(set, other, threshold);
        return similarity >= threshold ? similarity : 0;
    }
}
