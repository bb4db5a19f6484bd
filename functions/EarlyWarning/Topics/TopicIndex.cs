namespace CityBrain.EarlyWarning.Topics;

/// <summary>For each term the topics that hold it, with its weight in their centroids: so a text meets only topics with which it shares a word.</summary>
internal sealed class TopicIndex
{
    private readonly List<Posting?> _postings = [];

    /// <summary>True when some topic holds the term.</summary>
    public bool Holds(int term) => term < _postings.Count && _postings[term] is { Count: > 0 };

    /// <summary>Adds to the score of each topic that holds the term, by its place; topics that had no score are listed.</summary>
    public void Accumulate(int term, float weight, float[] scores, List<int> met)
    {
        if (term >= _postings.Count || _postings[term] is not { } posting)
        {
            return;
        }

        for (var i = 0; i < posting.Count; i++)
        {
            var place = posting.Places[i];
            if (scores[place] == 0)
            {
                met.Add(place);
            }

            scores[place] += weight * posting.Weights[i];
        }
    }

    /// <summary>The weight of a term in a topic; 0 when it is not there.</summary>
    public float WeightOf(int term, int place) => _postings[term] is { } posting && posting.Find(place) is >= 0 and var at ? posting.Weights[at] : 0;

    /// <summary>Adds weight; true when the term is new in the topic.</summary>
    public bool Add(int term, int place, float weight)
    {
        while (_postings.Count <= term)
        {
            _postings.Add(null);
        }

        var posting = _postings[term] ??= new Posting();
        if (posting.Find(place) is >= 0 and var at)
        {
            posting.Weights[at] += weight;
            return false;
        }

        posting.Append(place, weight);
        return true;
    }

    /// <summary>Takes a term out of a topic.</summary>
    public void Remove(int term, int place)
    {
        if (_postings[term] is { } posting && posting.Remove(place) && posting.Count == 0)
        {
            _postings[term] = null;
        }
    }

    private sealed class Posting
    {
        public int[] Places { get; private set; } = new int[4];

        public float[] Weights { get; private set; } = new float[4];

        public int Count { get; private set; }

        public int Find(int place) => Places.AsSpan(0, Count).IndexOf(place);

        public void Append(int place, float weight)
        {
            if (Count == Places.Length)
            {
                var (places, weights) = (Places, Weights);
                Array.Resize(ref places, Count * 2);
                Array.Resize(ref weights, Count * 2);
                (Places, Weights) = (places, weights);
            }

            (Places[Count], Weights[Count]) = (place, weight);
            Count++;
        }

        public bool Remove(int place)
        {
            if (Find(place) is not (>= 0 and var at))
            {
                return false;
            }

            Count--;
            (Places[at], Weights[at]) = (Places[Count], Weights[Count]);
            return true;
        }
    }
}
