namespace CityBrain.EarlyWarning.Topics;

/// <summary>The topics that take texts, with their centroids in one index. Nothing that it answers depends on which slot a topic has.</summary>
internal sealed class TopicSpace
{
    private readonly TopicIndex _index = new();
    private readonly List<Topic?> _slots = [];
    private readonly Stack<int> _free = new();
    private readonly List<int> _met = [];
    private readonly List<int> _metPlaces = [];
    private float[] _squaredNorms = new float[64];
    private float[] _issues = new float[64];
    private float[] _places = new float[64];

    /// <summary>Number of topics.</summary>
    public int Count => _slots.Count - _free.Count;

    /// <summary>The topics, in no order.</summary>
    public IEnumerable<Topic> All => _slots.OfType<Topic>();

    /// <summary>True when some topic holds the term.</summary>
    public bool Holds(int term) => _index.Holds(term);

    /// <summary>Takes a topic in, as yet without terms.</summary>
    public void Insert(Topic topic)
    {
        if (_free.TryPop(out var slot))
        {
            (_slots[slot], topic.Slot) = (topic, slot);
            _squaredNorms[slot] = 0;
            return;
        }

        topic.Slot = _slots.Count;
        _slots.Add(topic);
        if (_issues.Length < _slots.Count)
        {
            Array.Resize(ref _squaredNorms, _issues.Length * 2);
            Array.Resize(ref _issues, _issues.Length * 2);
            Array.Resize(ref _places, _places.Length * 2);
        }
    }

    /// <summary>Takes a topic out, with its terms.</summary>
    public void Remove(Topic topic)
    {
        topic.Issue.Terms.ForEach(term => _index.Remove(term, topic.Slot));
        topic.Place.Terms.ForEach(term => _index.Remove(term, topic.Slot));
        _slots[topic.Slot] = null;
        _free.Push(topic.Slot);
        topic.Slot = -1;
    }

    /// <summary>Adds a vector to a centroid of a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="centroid">One of its two.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="growth">By how much the square of its length grows.</param>
    public void Add(Topic topic, TopicCentroid centroid, IEnumerable<(int Term, float Weight)> vector, float growth)
    {
        foreach (var (term, weight) in vector)
        {
            if (_index.Add(term, topic.Slot, weight))
            {
                centroid.Terms.Add(term);
            }
        }

        centroid.SquaredNorm += growth;
        _squaredNorms[topic.Slot] = topic.Issue.SquaredNorm;
    }

    /// <summary>A centroid, in the order in which its terms came.</summary>
    public List<(int Term, float Weight)> VectorOf(Topic topic, TopicCentroid centroid) => centroid.Terms.ConvertAll(term => (term, _index.WeightOf(term, topic.Slot)));

    /// <summary>Keeps the heaviest terms of a centroid when they have become too many.</summary>
    public void Shrink(Topic topic, TopicCentroid centroid, int most)
    {
        if (centroid.Terms.Count <= most + (most / 4))
        {
            return;
        }

        var vector = VectorOf(topic, centroid);
        var least = vector.OrderByDescending(part => part.Weight).ElementAt(most).Weight;
        foreach (var (term, _) in vector.Where(part => part.Weight <= least))
        {
            _index.Remove(term, topic.Slot);
        }

        centroid.Terms.Clear();
        centroid.SquaredNorm = 0;
        foreach (var (term, weight) in vector.Where(part => part.Weight > least))
        {
            centroid.Terms.Add(term);
            centroid.SquaredNorm += weight * weight;
        }

        _squaredNorms[topic.Slot] = topic.Issue.SquaredNorm;
    }

    /// <summary>The topics that share a term of the issue, with the dot products of issue and place.</summary>
    public Meetings Meet(IReadOnlyList<(int Term, float Weight)> issue, IReadOnlyList<(int Term, float Weight)> place)
    {
        for (var i = 0; i < issue.Count; i++)
        {
            _index.Accumulate(issue[i].Term, issue[i].Weight, _issues, _met);
        }

        for (var i = 0; i < place.Count; i++)
        {
            _index.Accumulate(place[i].Term, place[i].Weight, _places, _metPlaces);
        }

        return new Meetings(this);
    }

    /// <summary>The topic that is one with another, by <see cref="TopicLikeness.OfTopics"/>, and how it was met; the default when none is.</summary>
    public Meeting MostAlike(TopicSettings settings, Topic topic, IReadOnlyList<(int Term, float Weight)> issue, IReadOnlyList<(int Term, float Weight)> place)
    {
        using var met = Meet(issue, place);
        var (best, bestScore) = (default(Meeting), settings.MergeAt);
        for (var i = 0; i < met.Count; i++)
        {
            if (met.IsBelow(i, settings.MergeAt * Math.Sqrt(topic.Issue.SquaredNorm)))
            {
                continue;
            }

            var other = met[i];
            var score = other.Topic is null || other.Topic == topic ? 0 : TopicLikeness.OfTopics(settings, topic, other.Topic, other.Issue, other.Place);
            if (score > bestScore || (score == bestScore && best.Topic is { } before && other.Topic!.Id < before.Id))
            {
                (best, bestScore) = (other, score);
            }
        }

        return best;
    }

    /// <summary>A topic that was met.</summary>
    public readonly record struct Meeting(Topic? Topic, float Issue, float Place);

    /// <summary>Those that were met; disposing it makes the space ready for the next.</summary>
    public readonly ref struct Meetings(TopicSpace space)
    {
        public int Count => space._met.Count;

        public Meeting this[int i] => new(space._slots[space._met[i]], space._issues[space._met[i]], space._places[space._met[i]]);

        /// <summary>True when what is alike cannot reach this cosine: cheaper than to look at the topic.</summary>
        public bool IsBelow(int i, double cosine)
        {
            var (issue, slot) = (space._issues[space._met[i]], space._met[i]);
            return (double)issue * issue <= cosine * cosine * space._squaredNorms[slot];
        }

        public void Dispose()
        {
            foreach (var slot in space._met)
            {
                space._issues[slot] = 0;
            }

            foreach (var slot in space._metPlaces)
            {
                space._places[slot] = 0;
            }

            space._met.Clear();
            space._metPlaces.Clear();
        }
    }
}
