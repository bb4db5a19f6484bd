namespace CityBrain.EarlyWarning.Topics;

/// <summary>A word, and in how many texts it was; 0 when it was forgotten.</summary>
public readonly record struct TopicWord(string Word, float Texts);

/// <summary>A case that was delivered lately, and where it went.</summary>
public readonly record struct TopicDelivery(string Key, int Topic, bool IsCopy);

/// <summary>The counters of a stream.</summary>
public sealed record TopicCounters
{
    /// <summary>Texts taken.</summary>
    public int Texts { get; init; }

    /// <summary>Id of the next topic.</summary>
    public int NextId { get; init; }

    /// <summary>Texts when topics were swept last.</summary>
    public int SweptAt { get; init; }

    /// <summary>Texts on which the counts of words rest.</summary>
    public float WordTexts { get; init; }

    /// <summary>The latest time of a text.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>The latest deliveries, the oldest first.</summary>
    public IReadOnlyList<TopicDelivery> Deliveries { get; init; } = [];
}

/// <summary>What a stream changed since it was asked last. Whoever stores all changes one after the other can restore the stream exactly.</summary>
/// <param name="Topics">Topics as they are now, by id.</param>
/// <param name="Words">Words as they are now.</param>
/// <param name="IsWholeVocabulary">True when all other words are to be forgotten: counts were halved. Rare.</param>
/// <param name="Counters">The counters.</param>
public sealed record TopicChanges(IReadOnlyList<TopicRecord> Topics, IReadOnlyList<TopicWord> Words, bool IsWholeVocabulary, TopicCounters Counters);

/// <summary>All of a stream, as it is stored.</summary>
/// <param name="Topics">By id: every topic that is active, the retired ones, and merged ones as long as someone may ask for them.</param>
/// <param name="Words">The vocabulary.</param>
/// <param name="Counters">The counters.</param>
public sealed record TopicStreamState(IReadOnlyDictionary<int, TopicRecord> Topics, IReadOnlyDictionary<string, float> Words, TopicCounters Counters)
{
    /// <summary>Before the first text.</summary>
    public static TopicStreamState Empty { get; } = new(new Dictionary<int, TopicRecord>(), new Dictionary<string, float>(StringComparer.Ordinal), new TopicCounters());

    /// <summary>This state with changes.</summary>
    public TopicStreamState With(TopicChanges changes)
    {
        var topics = Topics.ToDictionary();
        foreach (var topic in changes.Topics)
        {
            topics[topic.Id] = topic;
        }

        var words = changes.IsWholeVocabulary ? new Dictionary<string, float>(StringComparer.Ordinal) : new Dictionary<string, float>(Words, StringComparer.Ordinal);
        foreach (var (word, texts) in changes.Words)
        {
            words[word] = texts;
        }

        foreach (var (word, _) in changes.Words.Where(word => word.Texts == 0))
        {
            words.Remove(word);
        }

        return new(topics, words, changes.Counters);
    }
}
