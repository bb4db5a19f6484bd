namespace CityBrain.EarlyWarning.Topics;

/// <summary>A topic while it is in memory. The weights of its terms are in the index, at its slot.</summary>
internal sealed class Topic(int id)
{
    private TopicCounts? _counts;

    public int Id { get; } = id;

    public int Slot { get; set; } = -1;

    public TopicState State { get; set; }

    public int? Parent { get; set; }

    public int? RecurrenceOf { get; set; }

    /// <summary>True when it was asked whether it is a recurrence.</summary>
    public bool IsTraced { get; set; }

    /// <summary>Texts of the stream when it retired.</summary>
    public int RetiredAt { get; set; }

    public TopicCentroid Issue { get; } = new();

    public TopicCentroid Place { get; } = new();

    /// <summary>Texts that joined, copies too.</summary>
    public int Members { get; set; }

    /// <summary>Texts that count: no copies.</summary>
    public int Texts { get; set; }

    /// <summary>Number in the stream of its latest text.</summary>
    public int LastText { get; set; }

    public DateTimeOffset? First { get; set; }

    public DateTimeOffset? Last { get; set; }

    /// <summary>What is counted; empty as long as only the texts are known.</summary>
    public TopicCounts Counts => _counts ??= new();

    /// <summary>True when more than the texts is known, so that it has a name and may be found again.</summary>
    public bool IsCounted => _counts is not null;

    public TopicName? Name { get; set; }

    /// <summary>How much of one place it is: 1 when all its texts name the same, near 0 when each names another or none does.</summary>
    public double OnePlace => Place.Terms.Count == 0 ? 0 : Math.Min(1, Math.Sqrt(Place.SquaredNorm) / Texts);

    /// <summary>Takes what was counted and remembered of a topic that goes into this one.</summary>
    public void Take(Topic smaller)
    {
        if (smaller.IsCounted)
        {
            Counts.Add(smaller.Counts);
        }

        (Members, Texts, LastText) = (Members + smaller.Members, Texts + smaller.Texts, Math.Max(LastText, smaller.LastText));
        First = First < smaller.First ? First : smaller.First ?? First;
        Last = Last > smaller.Last ? Last : smaller.Last ?? Last;
        RecurrenceOf ??= smaller.RecurrenceOf;
    }
}

/// <summary>The terms of a topic, in the order in which they came, and the square of the length of its vector.</summary>
internal sealed class TopicCentroid
{
    public List<int> Terms { get; } = [];

    public float SquaredNorm { get; set; }
}
