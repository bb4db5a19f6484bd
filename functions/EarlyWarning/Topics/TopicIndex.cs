namespace CityBrain.EarlyWarning.Topics;

/// <summary>For each term the topics that hold it, with its weight in their centroids: so a text meets only topics with which it shares a word.</summary>
internal sealed class TopicIndex
{
    private readonly List<Posting?> _postings = [];

    /// <summary>True when some topic holds the term.</summary>
    public bool Holds(int term) => term < _postings.Count && _postings[term] is { Count: > 0 };

    /// <summary>Adds to the score of each topic that holds the term, by its slot; topics that had no score are listed.</summary>
    public void Accumulate(int term, float weight, float[] scores, List<int> met)
    {
        if (term >= _postings.Count || _postings[term] is not { } posting)
        {
            return;
        }

        for (var i = 0; i < posting.Count; i++)
        {
            var slot = posting.Slots[i];
            if (scores[slot] == 0)
            {
                met.Add(slot);
            }

            scores[slot] += weight * posting.Weights[i];
        }
    }

    /// <summary>The weight of a term in a topic; 0 when it is not there.</summary>
    public float WeightOf(int term, int slot) => term < _postings.Count && _postings[term] is { } posting && posting.Find(slot) is >= 0 and var at ? posting.Weights[at] : 0;

    /// <summary>Adds weight; true when the term is new in the topic.</summary>
    public bool Add(int term, int slot, float weight)
    {
        while (_postings.Count <= term)
        {
            _postings.Add(null);
        }

        var posting = _postings[term] ??= new Posting();
        if (posting.Find(slot) is >= 0 and var at)
        {
            posting.Weights[at] += weight;
            return false;
        }

        posting.Append(slot, weight);
        return true;
    }

    /// <summary>Takes a term out of a topic.</summary>
    public void Remove(int term, int slot)
    {
        if (_postings[term] is { } posting && posting.Remove(slot) && posting.Count == 0)
        {
            _postings[term] = null;
        }
    }

    private sealed class Posting
    {
        public int[] Slots { get; private set; } = new int[4];

        public float[] Weights { get; private set; } = new float[4];

        public int Count { get; private set; }

        public int Find(int slot) => Slots.AsSpan(0, Count).IndexOf(slot);

        public void Append(int slot, float weight)
        {
            if (Count == Slots.Length)
            {
                var (slots, weights) = (Slots, Weights);
                Array.Resize(ref slots, Count * 2);
                Array.Resize(ref weights, Count * 2);
                (Slots, Weights) = (slots, weights);
            }

            (Slots[Count], Weights[Count]) = (slot, weight);
            Count++;
        }

        public bool Remove(int slot)
        {
            if (Find(slot) is not (>= 0 and var at))
            {
                return false;
            }

            Count--;
            (Slots[at], Weights[at]) = (Slots[Count], Weights[Count]);
            return true;
        }
    }
}
