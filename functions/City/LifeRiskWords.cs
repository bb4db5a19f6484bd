namespace CityBrain.City;

/// <summary>Words that say that a life is at risk, and whom the city calls then. Immutable and safe for concurrent use.</summary>
public sealed class LifeRiskWords
{
    /// <summary>Who calls for help says little: in a longer text, in words of two Chinese characters, the risk may be long past, and a person reads it.</summary>
    private const int LongestCall = 40;

    private readonly KeywordAutomaton _automaton;
    private readonly LifeRiskEntry?[] _entries;

    /// <param name="entries">The words of each service.</param>
    /// <param name="harmless">Longer phrases that hold such a word and mean no harm, such as "fire hydrant".</param>
    public LifeRiskWords(IReadOnlyList<LifeRiskEntry> entries, IEnumerable<string> harmless)
    {
        var words = entries.SelectMany(entry => entry.Words.Select(word => (Word: word, Entry: (LifeRiskEntry?)entry)))
            .Concat(harmless.Select(word => (Word: word, Entry: (LifeRiskEntry?)null)))
            .ToLookup(pair => KeywordAutomaton.NormalForm(pair.Word), pair => pair.Entry, StringComparer.Ordinal);
        _automaton = new(words.Select(word => word.Key));
        _entries = [.. _automaton.Keywords.Select(word => words[word].First())];
    }

    /// <summary>No words at all.</summary>
    public static LifeRiskWords None { get; } = new([], []);

    /// <summary>What a text says of a risk; a certain sign goes before one that may mean less. Null when it says nothing.</summary>
    public LifeRisk? Find(string text)
    {
        var signs = _automaton.Find(text).Where(hit => _entries[hit.Keyword] is not null)
            .Select(hit => (Entry: _entries[hit.Keyword]!, Word: _automaton.Keywords[hit.Keyword].TrimEnd('*')))
            .OrderByDescending(sign => sign.Entry.Certain).ToList();
        return signs is [var first, ..]
            ? new(first.Entry.Service, first.Entry.Certain && KeywordText.Words(KeywordText.Normalise(text)) <= LongestCall, [.. signs.Where(sign => sign.Entry == first.Entry).Select(sign => sign.Word).Distinct(StringComparer.Ordinal)])
            : null;
    }
}

/// <summary>Words that call for a service.</summary>
/// <param name="Service">110 police, 119 fire and rescue, 120 ambulance.</param>
/// <param name="Certain">True: the case is handed on at once. False: a person decides.</param>
/// <param name="Words">English and Chinese; see <see cref="KeywordAutomaton"/> for how they match.</param>
public sealed record LifeRiskEntry(string Service, bool Certain, IReadOnlyList<string> Words);

/// <summary>A sign that a life is at risk.</summary>
/// <param name="Service">Whom the city calls.</param>
/// <param name="Certain">Whether the words leave no doubt.</param>
/// <param name="Words">The words.</param>
public sealed record LifeRisk(string Service, bool Certain, IReadOnlyList<string> Words);
