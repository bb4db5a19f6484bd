namespace CityBrain.EarlyWarning.Topics;

/// <summary>Where a topic is in its life.</summary>
public enum TopicState
{
    /// <summary>Takes texts.</summary>
    Active,

    /// <summary>Went into another topic, its parent.</summary>
    Merged,

    /// <summary>Takes no further text.</summary>
    Retired,
}

/// <summary>A readable name of a topic: the place, when it is one place's, and the phrases that say most.</summary>
/// <param name="Place">The place, or null.</param>
/// <param name="Phrases">Key phrases, the best first; at most <see cref="TopicPhrases.Most"/>.</param>
/// <param name="AtTexts">Texts of the topic when it was named.</param>
public sealed record TopicName(string? Place, IReadOnlyList<string> Phrases, int AtTexts)
{
    private const int ShownPhrases = 2;

    /// <summary>Place and the two best phrases.</summary>
    public string Text => string.Join(' ', Place is null ? Phrases.Take(ShownPhrases) : Phrases.Take(ShownPhrases).Prepend(Place));
}

/// <summary>The vector of a topic.</summary>
/// <param name="Terms">Its terms, parted by spaces, in the order in which they came.</param>
/// <param name="Weights">The weight of each: 4 bytes, IEEE 754, little endian.</param>
/// <param name="SquaredNorm">Square of the length.</param>
public sealed record TopicVector(string Terms, byte[] Weights, float SquaredNorm);

/// <summary>Who wrote about a topic.</summary>
/// <param name="Hashes">12 bytes for each: hash (8) and number of the last day (4), little endian.</param>
/// <param name="Forgotten">Those who were counted and are no longer remembered.</param>
public sealed record TopicReporterHashes(byte[] Hashes, int Forgotten);

/// <summary>A topic as it is stored and shown. Well below 64 KiB as JSON, however many texts it has.</summary>
public sealed record TopicRecord
{
    /// <summary>Its id for good, counted from 0.</summary>
    public required int Id { get; init; }

    /// <summary>Where it is in its life. A merged or retired topic of few texts keeps its counts and no vector.</summary>
    public TopicState State { get; init; }

    /// <summary>The topic into which it was merged; null unless merged. That one may itself have been merged since.</summary>
    public int? Parent { get; init; }

    /// <summary>The retired topic that came back as this one, or null.</summary>
    public int? RecurrenceOf { get; init; }

    /// <summary>True when it was asked whether it is a recurrence.</summary>
    public bool IsTraced { get; init; }

    /// <summary>Number of texts of the stream when it retired.</summary>
    public int RetiredAt { get; init; }

    /// <summary>Place and key phrases; null for a topic of few texts.</summary>
    public TopicName? Name { get; init; }

    /// <summary>Texts that joined, copies too.</summary>
    public int Members { get; init; }

    /// <summary>Texts that count: no copies.</summary>
    public int Texts { get; init; }

    /// <summary>Number in the stream of the latest text.</summary>
    public int LastText { get; init; }

    /// <summary>When the first text was written; null in a stream without times.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>When the latest text was written.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>Distinct reporters.</summary>
    public int Reporters { get; init; }

    /// <summary>Counts by local day, the earliest first; the latest 200 days that have any.</summary>
    public IReadOnlyList<TopicDay> Days { get; init; } = [];

    /// <summary>Distinct reporters by area, or texts where no reporter is known.</summary>
    public IReadOnlyDictionary<string, int> Areas { get; init; } = new Dictionary<string, int>();

    /// <summary>People who agreed with texts of the topic.</summary>
    public long Likes { get; init; }

    /// <summary>People who disagreed.</summary>
    public long Dislikes { get; init; }

    /// <summary>How much of one place it is, 0 to 1.</summary>
    public double OnePlace { get; init; }

    /// <summary>The latest texts that are no copies, redacted as they came, each up to 120 characters.</summary>
    public IReadOnlyList<string> Recent { get; init; } = [];

    /// <summary>Who wrote, to count them on after a restart.</summary>
    public TopicReporterHashes? Who { get; init; }

    /// <summary>What the texts are about.</summary>
    public TopicVector? Issue { get; init; }

    /// <summary>Where it is.</summary>
    public TopicVector? Place { get; init; }
}
