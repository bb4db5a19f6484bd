using System.Runtime.InteropServices;

namespace CityBrain.EarlyWarning.Topics;

/// <summary>
/// Gathers texts into topics as they arrive, in one pass: each joins the topic whose centroid is most like it, or begins one. Topics that turn out to be
/// the same are merged, and keep an id for good; idle ones take no further text. The cost of a text does not grow with the number of topics.
/// Not safe for concurrent use: one writer.
/// </summary>
/// <param name="settings">Thresholds and sweeps.</param>
public sealed class TopicStream(TopicSettings settings)
{
    private readonly TopicVocabulary _vocabulary = new();
    private readonly TopicIndex _index = new();
    private readonly List<Topic?> _places = [];
    private readonly Stack<int> _freePlaces = new();
    private readonly List<int> _parents = [];
    private readonly Dictionary<int, int> _counts = [];
    private readonly List<int> _met = [];
    private readonly List<(int Term, float Weight)> _vector = [];
    private readonly HashSet<int> _touched = [];
    private float[] _scores = new float[64];
    private int[] _terms = new int[64];
    private int _texts;

    /// <summary>Topics that take texts.</summary>
    public int Active => _places.Count - _freePlaces.Count;

    /// <summary>Topics that were ever begun.</summary>
    public int Begun => _parents.Count;

    /// <summary>Words that are remembered.</summary>
    public int Words => _vocabulary.Count;

    /// <summary>Takes a text; returns the id of its topic as of now. Texts without a term each begin a topic of their own.</summary>
    public int Add(string text)
    {
        _texts++;
        Weigh(text);
        var (place, dot) = Best();
        if (place < 0)
        {
            place = Begin();
        }

        var topic = _places[place]!;
        foreach (var (term, weight) in _vector)
        {
            if (_index.Add(term, place, weight))
            {
                topic.Terms.Add(term);
            }
        }

        topic.SquaredNorm += (2 * dot) + (_vector.Count == 0 ? 0 : 1);
        topic.Texts++;
        topic.LastText = _texts;
        _touched.Add(place);
        if (_texts % settings.SweepEvery == 0)
        {
            Sweep();
        }

        return Current(topic.Id);
    }

    /// <summary>The topic into which a topic was merged, itself when it was not.</summary>
    public int Current(int topic)
    {
        while (_parents[topic] != topic)
        {
            _parents[topic] = _parents[_parents[topic]];
            topic = _parents[topic];
        }

        return topic;
    }

    /// <summary>The text as a unit vector: how often and how rare its terms are.</summary>
    private void Weigh(string text)
    {
        _counts.Clear();
        TopicTerms.Each(text, this, static (term, stream) => CollectionsMarshal.GetValueRefOrAddDefault(stream._counts, stream._vocabulary.NumberOf(term), out _)++);
        if (_terms.Length < _counts.Count)
        {
            _terms = new int[_counts.Count * 2];
        }

        _counts.Keys.CopyTo(_terms, 0);
        _vocabulary.CountText(_terms.AsSpan(0, _counts.Count));
        _vector.Clear();
        var squares = 0f;
        foreach (var (term, times) in _counts)
        {
            var weight = (1 + MathF.Log(times)) * _vocabulary.RarityOf(term);
            squares += weight * weight;
            _vector.Add((term, weight));
        }

        var norm = MathF.Sqrt(squares);
        foreach (ref var part in CollectionsMarshal.AsSpan(_vector))
        {
            part.Weight /= norm;
        }
    }

    /// <summary>The most alike topic and its dot product with the text; −1 when none is alike enough.</summary>
    private (int Place, float Dot) Best()
    {
        Meet(_vector);
        var (best, bestScore, bestDot) = (-1, settings.JoinAt, 0f);
        foreach (var place in _met)
        {
            var topic = _places[place]!;
            var score = _scores[place] / Math.Sqrt(topic.SquaredNorm) * (1 - (settings.Damping / (1 + topic.Texts))) * (1 - (settings.Fading * (_texts - topic.LastText) / settings.IdleTexts));
            if (score > bestScore || (score == bestScore && best >= 0 && topic.Id < _places[best]!.Id))
            {
                (best, bestScore, bestDot) = (place, score, _scores[place]);
            }

            _scores[place] = 0;
        }

        return (best, bestDot);
    }

    private void Meet(IEnumerable<(int Term, float Weight)> vector)
    {
        _met.Clear();
        foreach (var (term, weight) in vector)
        {
            _index.Accumulate(term, weight, _scores, _met);
        }
    }

    private int Begin()
    {
        var topic = new Topic(_parents.Count);
        _parents.Add(topic.Id);
        if (_freePlaces.TryPop(out var place))
        {
            _places[place] = topic;
            return place;
        }

        _places.Add(topic);
        if (_scores.Length < _places.Count)
        {
            Array.Resize(ref _scores, _scores.Length * 2);
        }

        return _places.Count - 1;
    }

    private void Sweep()
    {
        foreach (var place in _touched.Order().ToList())
        {
            if (_places[place] is { } topic)
            {
                MergeAlike(place, topic);
            }
        }

        _touched.Clear();
        for (var place = 0; place < _places.Count; place++)
        {
            if (_places[place] is { } topic && _texts - topic.LastText > settings.IdleTexts)
            {
                Remove(place, topic);
            }
        }

        _vocabulary.Age(_index.Holds);
    }

    private void MergeAlike(int place, Topic topic)
    {
        Meet(topic.Terms.Select(term => (term, _index.WeightOf(term, place))));
        var (best, bestCosine, bestDot) = (-1, settings.MergeAt, 0f);
        foreach (var other in _met)
        {
            var cosine = other == place ? 0 : _scores[other] / Math.Sqrt(topic.SquaredNorm * _places[other]!.SquaredNorm);
            if (cosine > bestCosine)
            {
                (best, bestCosine, bestDot) = (other, cosine, _scores[other]);
            }

            _scores[other] = 0;
        }

        if (best >= 0)
        {
            var (into, from) = _places[best]!.Texts >= topic.Texts ? (best, place) : (place, best);
            Merge(into, _places[into]!, from, _places[from]!, bestDot);
        }
    }

    /// <summary>Moves a topic into a larger one.</summary>
    private void Merge(int into, Topic larger, int from, Topic smaller, float dot)
    {
        foreach (var term in smaller.Terms)
        {
            if (_index.Add(term, into, _index.WeightOf(term, from)))
            {
                larger.Terms.Add(term);
            }
        }

        larger.SquaredNorm += smaller.SquaredNorm + (2 * dot);
        larger.Texts += smaller.Texts;
        larger.LastText = Math.Max(larger.LastText, smaller.LastText);
        _parents[smaller.Id] = larger.Id;
        Remove(from, smaller);
    }

    private void Remove(int place, Topic topic)
    {
        topic.Terms.ForEach(term => _index.Remove(term, place));
        _places[place] = null;
        _freePlaces.Push(place);
    }

    private sealed class Topic(int id)
    {
        public int Id { get; } = id;

        public List<int> Terms { get; } = [];

        public float SquaredNorm { get; set; }

        public int Texts { get; set; }

        public int LastText { get; set; }
    }
}
