using System.Runtime.InteropServices;

namespace CityBrain.EarlyWarning.Topics;

/// <summary>Reads a text as two unit vectors: what it is about, and where. Terms of places are kept apart by a mark.</summary>
internal sealed class TopicReader
{
    public const char PlaceMark = '@';
    private const char AreaMark = '#';
    private const int LongestBody = 160;

    private readonly TopicVocabulary _vocabulary;
    private readonly TopicPlaces _places;
    private readonly Action<ReadOnlySpan<char>, Dictionary<int, int>> _countIssue;
    private readonly Action<ReadOnlySpan<char>, Dictionary<int, int>> _countPlace;
    private readonly Action<ReadOnlySpan<char>, Dictionary<int, int>> _countKnown;
    private readonly List<TopicCut> _cuts = [];
    private readonly Dictionary<int, int> _issue = [];
    private readonly Dictionary<int, int> _place = [];

    /// <param name="vocabulary">Numbers and counts the terms.</param>
    /// <param name="places">Finds the names of places.</param>
    public TopicReader(TopicVocabulary vocabulary, TopicPlaces places)
    {
        (_vocabulary, _places) = (vocabulary, places);
        _countIssue = (term, counts) => CollectionsMarshal.GetValueRefOrAddDefault(counts, vocabulary.NumberOf(term), out _)++;
        _countPlace = (term, counts) => CountMarked(PlaceMark, term, counts);
        _countKnown = (term, counts) =>
        {
            if (vocabulary.Find(term) is >= 0 and var number)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, number, out _)++;
            }
        };
    }

    /// <summary>What the latest text is about, in the order of the text.</summary>
    public List<(int Term, float Weight)> Issue { get; } = [];

    /// <summary>Where it is; empty when it names no place, or only one that everybody names.</summary>
    public List<(int Term, float Weight)> Place { get; } = [];

    /// <summary>Reads a text and counts its terms. The body tells the issue when the rest holds nothing but places, and the place when the rest names none.</summary>
    public void Read(in TopicText text)
    {
        _issue.Clear();
        _place.Clear();
        Count(text.Text, _issue, _place);
        if (text.Body is { Length: > 0 } body && (_issue.Count == 0 || _place.Count == 0))
        {
            Count(Start(body), _issue.Count == 0 ? _issue : null, _place.Count == 0 ? _place : null);
        }

        if (text.Places is { } named && _place.Count == 0)
        {
            foreach (var name in named)
            {
                TopicTerms.Each(name, _place, _countPlace);
            }
        }

        if (text.Area is { } area)
        {
            CountMarked(AreaMark, area, _place);
        }

        _vocabulary.CountText(_issue.Keys);
        _vocabulary.CountMore(_place.Keys);
        Weigh(_issue, Issue, _vocabulary.RarityOf);
        Weigh(_place, Place, _vocabulary.PlaceRarityOf);
    }

    /// <summary>What a body is about, as a vector; it is not counted, and words that are not known are left out.</summary>
    public List<(int Term, float Weight)> Compare(string body)
    {
        _issue.Clear();
        var text = Start(body);
        _places.Find(text, _cuts);
        EachIssue(text, _issue, _countKnown);
        var vector = new List<(int Term, float Weight)>();
        Weigh(_issue, vector, _vocabulary.RarityOf);
        return vector;
    }

    private static string Start(string body) => body.Length <= LongestBody ? body : body[..LongestBody];

    private void Count(string text, Dictionary<int, int>? issue, Dictionary<int, int>? place)
    {
        _places.Find(text, _cuts);
        if (issue is not null)
        {
            EachIssue(text, issue, _countIssue);
        }

        if (place is not null)
        {
            foreach (var cut in _cuts.Where(cut => cut.IsPlace))
            {
                TopicTerms.Each(text.AsSpan(cut.Start, cut.End - cut.Start), place, _countPlace);
            }
        }
    }

    private void EachIssue(string text, Dictionary<int, int> counts, Action<ReadOnlySpan<char>, Dictionary<int, int>> count)
    {
        var from = 0;
        foreach (var cut in _cuts)
        {
            TopicTerms.Each(text.AsSpan(from, cut.Start - from), counts, count);
            from = cut.End;
        }

        TopicTerms.Each(text.AsSpan(from), counts, count);
    }

    private void CountMarked(char mark, ReadOnlySpan<char> term, Dictionary<int, int> counts)
    {
        Span<char> marked = stackalloc char[term.Length + 1];
        marked[0] = mark;
        term.CopyTo(marked[1..]);
        CollectionsMarshal.GetValueRefOrAddDefault(counts, _vocabulary.NumberOf(marked), out _)++;
    }

    /// <summary>A unit vector: how often and how rare the terms are; without those that say nothing.</summary>
    private static void Weigh(Dictionary<int, int> counts, List<(int Term, float Weight)> vector, Func<int, float> rarityOf)
    {
        vector.Clear();
        var squares = 0f;
        foreach (var (term, times) in counts)
        {
            var weight = (1 + MathF.Log(times)) * rarityOf(term);
            if (weight > 0)
            {
                squares += weight * weight;
                vector.Add((term, weight));
            }
        }

        var norm = MathF.Sqrt(squares);
        foreach (ref var part in CollectionsMarshal.AsSpan(vector))
        {
            part.Weight /= norm;
        }
    }
}
