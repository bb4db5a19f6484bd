namespace CityBrain.EarlyWarning.Topics;

/// <summary>Retired topics that had some texts, so that a new topic can be known as an old one that came back. The latest ones only.</summary>
internal sealed class TopicArchive
{
    /// <summary>Topics that are remembered.</summary>
    public const int Remembered = 2048;

    private readonly TopicSpace _space = new();
    private readonly Queue<Topic> _order = new();

    /// <summary>True when some topic holds the term.</summary>
    public bool Holds(int term) => _space.Holds(term);

    /// <summary>Takes a topic with its vectors; forgets the one that retired first when there are too many.</summary>
    public void Add(Topic topic, List<(int Term, float Weight)> issue, List<(int Term, float Weight)> place)
    {
        topic.Issue.Terms.Clear();
        topic.Place.Terms.Clear();
        _space.Insert(topic);
        _space.Add(topic, topic.Issue, issue, 0);
        _space.Add(topic, topic.Place, place, 0);
        _order.Enqueue(topic);
        if (_order.Count > Remembered)
        {
            _space.Remove(_order.Dequeue());
        }
    }

    /// <summary>The vector of a topic that is here.</summary>
    public List<(int Term, float Weight)> VectorOf(Topic topic, TopicCentroid centroid) => _space.VectorOf(topic, centroid);

    /// <summary>The retired topic that is most like this one, or null when none is.</summary>
    public Topic? Find(TopicSettings settings, Topic topic, List<(int Term, float Weight)> issue, List<(int Term, float Weight)> place) =>
        _space.MostAlike(settings, topic, issue, place).Topic;
}
