namespace CityBrain.EarlyWarning.Topics;

/// <summary>What is counted of one day.</summary>
/// <param name="Day">The local day.</param>
/// <param name="Texts">Texts that are no copies.</param>
/// <param name="Reporters">Distinct reporters who wrote on that day, copies too.</param>
public sealed record TopicDay(DateOnly Day, int Texts, int Reporters);

/// <summary>What is counted and remembered of a topic: reporters, days, areas, likes, latest texts. A copied text adds its reporter when he is new, and nothing else.</summary>
internal sealed class TopicCounts
{
    /// <summary>Days that are kept.</summary>
    public const int KeptDays = 200;

    /// <summary>Areas that are told apart; further ones count as <see cref="Elsewhere"/>.</summary>
    public const int KeptAreas = 400;

    /// <summary>Stands for the areas that are not told apart.</summary>
    public const string Elsewhere = "*";

    public TopicReporters Reporters { get; } = new();

    public TopicRecent Recent { get; } = new();

    public SortedDictionary<DateOnly, (int Texts, int Reporters)> Days { get; } = [];

    public SortedDictionary<string, int> Areas { get; } = new(StringComparer.Ordinal);

    public long Likes { get; set; }

    public long Dislikes { get; set; }

    /// <summary>Who is counted for a text: its reporter, or the case; null when neither is known.</summary>
    public static ulong? ReporterOf(in TopicText text) => (text.Reporter ?? text.Key) is { } key ? TopicReporters.HashOf(key) : null;

    /// <summary>Counts a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="reporter">Who is counted for it.</param>
    /// <param name="isCopy">True for a copy.</param>
    public void Add(in TopicText text, ulong? reporter, bool isCopy)
    {
        var isCounted = !(isCopy && text.Reporter is null) && reporter is not null;
        var (isNew, isFirstOfDay) = isCounted ? Reporters.Add(reporter!.Value, text.Day?.DayNumber ?? 0) : (!isCopy, !isCopy);
        if (text.Day is { } day)
        {
            Add(day, isCopy ? 0 : 1, isFirstOfDay ? 1 : 0);
        }

        if (text.Area is { } area && isNew)
        {
            Add(area, 1);
        }

        if (!isCopy)
        {
            (Likes, Dislikes) = (Likes + text.Likes, Dislikes + text.Dislikes);
        }
    }

    /// <summary>Adds the counts of a topic that was merged into this one; who wrote in both on one day counts twice for that day.</summary>
    public void Add(TopicCounts other)
    {
        Reporters.Add(other.Reporters);
        Recent.AddOlder(other.Recent);
        foreach (var (day, (texts, reporters)) in other.Days)
        {
            Add(day, texts, reporters);
        }

        foreach (var (area, count) in other.Areas)
        {
            Add(area, count);
        }

        (Likes, Dislikes) = (Likes + other.Likes, Dislikes + other.Dislikes);
    }

    /// <summary>Takes what was stored.</summary>
    public void Restore(TopicRecord record)
    {
        Recent.Restore(record.Recent);
        Reporters.Restore(record.Who?.Hashes, record.Who?.Forgotten ?? 0);
        foreach (var day in record.Days)
        {
            Days[day.Day] = (day.Texts, day.Reporters);
        }

        foreach (var (area, count) in record.Areas)
        {
            Areas[area] = count;
        }

        (Likes, Dislikes) = (record.Likes, record.Dislikes);
    }

    private void Add(DateOnly day, int texts, int reporters)
    {
        var before = Days.GetValueOrDefault(day);
        Days[day] = (before.Texts + texts, before.Reporters + reporters);
        if (Days.Count > KeptDays)
        {
            Days.Remove(Days.Keys.First());
        }
    }

    private void Add(string area, int count)
    {
        area = Areas.ContainsKey(area) || Areas.Count < KeptAreas ? area : Elsewhere;
        Areas[area] = Areas.GetValueOrDefault(area) + count;
    }
}
