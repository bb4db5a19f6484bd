namespace CityBrain.EarlyWarning.Topics;

/// <summary>Remembers the latest cases, so that one that is delivered again changes nothing.</summary>
internal sealed class TopicDeliveries
{
    private const int Remembered = 1024;

    private readonly Dictionary<string, TopicMember> _members = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>The deliveries, the oldest first.</summary>
    public IReadOnlyList<TopicDelivery> All => [.. _order.Select(key => new TopicDelivery(key, _members[key].Topic, _members[key].IsCopy))];

    /// <summary>Where a case went when it was delivered before; null when it was not, or long ago.</summary>
    public TopicMember? Find(string key) => _members.TryGetValue(key, out var member) ? member : null;

    /// <summary>Remembers a case.</summary>
    public void Add(string key, TopicMember member)
    {
        _members[key] = member;
        _order.Enqueue(key);
        if (_order.Count > Remembered)
        {
            _members.Remove(_order.Dequeue());
        }
    }
}
