using System.Runtime.InteropServices;

namespace CityBrain.EarlyWarning.Topics;

/// <summary>
/// Numbers terms and knows in how many texts each occurred. What is long ago counts less and less: all counts are halved together, so that the
/// rarity of a word is that of these weeks, and words that nobody uses any more leave.
/// </summary>
internal sealed class TopicVocabulary
{
    /// <summary>Counts are halved when they rest on so many texts.</summary>
    private const int Horizon = 32_768;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _spans;
    private readonly List<Entry> _entries = [];
    private readonly Stack<int> _free = new();
    private float _texts;

    public TopicVocabulary() => _spans = _ids.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Terms that are known.</summary>
    public int Count => _ids.Count;

    /// <summary>The number of a term; a new one when it is new.</summary>
    public int NumberOf(ReadOnlySpan<char> term)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(_spans, term, out var isKnown);
        if (isKnown)
        {
            return number;
        }

        if (_free.TryPop(out number))
        {
            _entries[number] = new Entry(term.ToString(), 0);
        }
        else
        {
            number = _entries.Count;
            _entries.Add(new Entry(term.ToString(), 0));
        }

        return number;
    }

    /// <summary>Counts a text and the terms in it, each once.</summary>
    public void CountText(ReadOnlySpan<int> terms)
    {
        _texts++;
        var entries = CollectionsMarshal.AsSpan(_entries);
        foreach (var term in terms)
        {
            entries[term].Texts++;
        }
    }

    /// <summary>How much a term says: ln(1 + texts / texts with it).</summary>
    public float RarityOf(int term) => MathF.Log(1 + (_texts / CollectionsMarshal.AsSpan(_entries)[term].Texts));

    /// <summary>Lets the past count less when it is time, and forgets terms that nobody uses any more.</summary>
    /// <param name="isInUse">True for a term that must keep its number.</param>
    public void Age(Predicate<int> isInUse)
    {
        if (_texts < Horizon)
        {
            return;
        }

        _texts /= 2;
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var term = 0; term < entries.Length; term++)
        {
            ref var entry = ref entries[term];
            entry.Texts /= 2;
            if (entry.Word is not null && entry.Texts < 0.5f && !isInUse(term))
            {
                _ids.Remove(entry.Word);
                entry = default;
                _free.Push(term);
            }
        }
    }

    private record struct Entry(string? Word, float Texts);
}
