namespace CityBrain.Language;

/// <summary>A text that was added before.</summary>
/// <param name="Id">The id that it was added with.</param>
/// <param name="Similarity">Jaccard similarity of the character 3-grams, threshold to 1.</param>
public sealed record SimilarText(string Id, double Similarity);

/// <summary>
/// Finds, text by text as they arrive, the earlier ones that are nearly the same: exact, and bounded. It remembers at least the last half of its
/// capacity: two halves, of which the older is dropped when the newer is full. Not safe for two threads at once.
/// </summary>
/// <param name="capacity">Most texts that are remembered; at least 2.</param>
/// <param name="threshold">Least similarity; above 0, at most 1.</param>
public sealed class NearDuplicateIndex(int capacity, double threshold = NearDuplicates.DefaultThreshold)
{
    private Half _newer = new(threshold);
    private Half _older = new(threshold);

    /// <summary>Texts remembered.</summary>
    public int Count => _newer.Ids.Count + _older.Ids.Count;

    /// <summary>Similar texts of those remembered, the most similar first; remembers nothing.</summary>
    public IReadOnlyList<SimilarText> Similar(string text) => Similar(Ordered(text));

    /// <summary>Remembers a text, and gives the similar ones from before. An id that is remembered is not added again, nor similar to itself.</summary>
    public IReadOnlyList<SimilarText> Add(string id, string text)
    {
        var set = Ordered(text);
        var similar = Similar(set);
        if (_newer.Known.Contains(id) || _older.Known.Contains(id))
        {
            return [.. similar.Where(other => other.Id != id)];
        }

        if (_newer.Ids.Count >= Math.Max(1, capacity / 2))
        {
            (_older, _newer) = (_newer, new Half(threshold));
        }

        _newer.Add(id, set);
        return similar;
    }

    private IReadOnlyList<SimilarText> Similar(ulong[] set) =>
        [.. _newer.Similar(set).Concat(_older.Similar(set)).OrderByDescending(other => other.Similarity)];

    /// <summary>The shingles in an order that is the same for every text and has nothing to do with the alphabet: multiplied by an odd number.</summary>
    private static ulong[] Ordered(string text)
    {
        const ulong Golden = 0x9E3779B97F4A7C15;
        var set = Array.ConvertAll(Shingles.Of(text), shingle => shingle * Golden);
        Array.Sort(set);
        return set;
    }

    private sealed class Half(double threshold)
    {
        private readonly PrefixIndex _index = new(threshold);

        public List<string> Ids { get; } = [];

        public HashSet<string> Known { get; } = new(StringComparer.Ordinal);

        public void Add(string id, ulong[] set)
        {
            _index.Add(set);
            Ids.Add(id);
            Known.Add(id);
        }

        public IEnumerable<SimilarText> Similar(ulong[] set) => _index.Similar(set).Select(other => new SimilarText(Ids[other.Number], other.Similarity));
    }
}
