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

    /// <summary>Part of all texts from which on the name of a place says nothing.</summary>
    private const float CommonPlace = 0.1f;

    /// <summary>Texts that are assumed before the first, where few texts would say too much.</summary>
    private const int Prior = 500;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _spans;
    private readonly List<Entry> _entries = [];
    private readonly Stack<int> _free = new();
    private readonly HashSet<int>? _changed;
    private bool _hasAged;

    /// <param name="isStored">True when changes are to be remembered for whoever stores them.</param>
    public TopicVocabulary(bool isStored) => (_spans, _changed) = (_ids.GetAlternateLookup<ReadOnlySpan<char>>(), isStored ? [] : null);

    /// <summary>Terms that are known.</summary>
    public int Count => _ids.Count;

    /// <summary>Texts on which the counts rest.</summary>
    public float Texts { get; private set; }

    /// <summary>Takes what was stored.</summary>
    public void Restore(IEnumerable<KeyValuePair<string, float>> words, float texts)
    {
        Texts = texts;
        foreach (var (word, inTexts) in words)
        {
            _entries[NumberOf(word)] = new Entry(word, inTexts);
        }
    }

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

    /// <summary>The number of a term that is known, else −1.</summary>
    public int Find(ReadOnlySpan<char> term) => _spans.TryGetValue(term, out var number) ? number : -1;

    /// <summary>The term of a number.</summary>
    public string WordOf(int term) => _entries[term].Word!;

    /// <summary>Counts a text and the terms in it, each once.</summary>
    public void CountText(Dictionary<int, int>.KeyCollection terms)
    {
        Texts++;
        CountMore(terms);
    }

    /// <summary>Counts the terms of a text that was counted before.</summary>
    public void CountMore(Dictionary<int, int>.KeyCollection terms)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        foreach (var term in terms)
        {
            entries[term].Texts++;
            _changed?.Add(term);
        }
    }

    /// <summary>How much a term says: ln(1 + texts / texts with it).</summary>
    public float RarityOf(int term) => MathF.Log(1 + (Texts / CollectionsMarshal.AsSpan(_entries)[term].Texts));

    /// <summary>How much the name of a place says: nothing when a tenth of all texts hold it.</summary>
    public float PlaceRarityOf(int term) => MathF.Max(0, MathF.Log(CommonPlace * (Texts + Prior) / CollectionsMarshal.AsSpan(_entries)[term].Texts));

    /// <summary>How much a term says in a name: the same as <see cref="RarityOf"/>, less shaky when few texts are known.</summary>
    public float NameRarityOf(int term) => MathF.Log(1 + ((Texts + Prior) / CollectionsMarshal.AsSpan(_entries)[term].Texts));

    /// <summary>Lets the past count less when it is time, and forgets terms that nobody uses any more.</summary>
    /// <param name="isInUse">True for a term that must keep its number.</param>
    public void Age(Predicate<int> isInUse)
    {
        if (Texts < Horizon)
        {
            return;
        }

        Texts /= 2;
        _hasAged = true;
        _changed?.Clear();
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

    /// <summary>Words that changed since this was called last; all of them when counts were halved.</summary>
    public (IReadOnlyList<TopicWord> Words, bool IsWhole) TakeChanged()
    {
        var isWhole = _hasAged;
        var terms = isWhole ? _ids.Values.AsEnumerable() : _changed ?? [];
        var words = terms.Select(term => new TopicWord(_entries[term].Word!, _entries[term].Texts)).ToList();
        _changed?.Clear();
        _hasAged = false;
        return (words, isWhole);
    }

    private record struct Entry(string? Word, float Texts);
}
