namespace CityBrain.EarlyWarning.Topics;

/// <summary>A topic as it is shown: nothing by which a person could be known, and no wording.</summary>
/// <param name="Id">Its id for good.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Parent">The topic into which it went; null unless merged.</param>
/// <param name="RecurrenceOf">The retired topic that came back as this one.</param>
/// <param name="Name">Place and the best phrases; null for a topic of few texts.</param>
/// <param name="Place">Its place, when it is one place's.</param>
/// <param name="Phrases">Key phrases, the best first.</param>
/// <param name="Members">Cases, copies too.</param>
/// <param name="Reporters">Distinct reporters.</param>
/// <param name="First">When the first was filed.</param>
/// <param name="Last">When the latest was filed.</param>
/// <param name="Areas">Distinct reporters by area.</param>
/// <param name="Days">Counts by local day, of the last <see cref="ShownDays"/> days that have any.</param>
/// <param name="Categories">Catalogue items of its cases, the commonest first.</param>
/// <param name="Cases">Its latest cases, oldest first.</param>
/// <param name="Trend">As of its latest case.</param>
/// <param name="Burst">Score of its strongest open episode; 0 while there is none.</param>
public sealed record TopicView(
    int Id,
    TopicState State,
    int? Parent,
    int? RecurrenceOf,
    string? Name,
    string? Place,
    IReadOnlyList<string> Phrases,
    int Members,
    int Reporters,
    DateTimeOffset? First,
    DateTimeOffset? Last,
    IReadOnlyDictionary<string, int> Areas,
    IReadOnlyList<TopicDay> Days,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Cases,
    TopicTrend Trend,
    double Burst)
{
    /// <summary>Days that are shown.</summary>
    public const int ShownDays = 60;

    /// <summary>An episode is over when nobody wrote for so many days.</summary>
    private const int QuietDays = 7;

    /// <summary>The view of a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="categories">Catalogue items of its cases.</param>
    /// <param name="cases">Its latest cases.</param>
    /// <param name="burst">Score of its strongest open episode.</param>
    public static TopicView Of(TopicRecord topic, IReadOnlyList<string> categories, IReadOnlyList<string> cases, double burst) => new(
        topic.Id,
        topic.State,
        topic.Parent,
        topic.RecurrenceOf,
        topic.Name?.Text,
        topic.Name?.Place,
        topic.Name?.Phrases ?? [],
        topic.Members,
        topic.Reporters,
        topic.First,
        topic.Last,
        topic.Areas,
        [.. topic.Days.TakeLast(ShownDays)],
        categories,
        cases,
        TopicTrend.Of(topic, topic.Last is { } last ? DateOnly.FromDateTime(last.DateTime) : default),
        burst);

    /// <summary>How hot it is now.</summary>
    /// <param name="today">The local day.</param>
    /// <param name="severity">Of its matter, 0 to 1.</param>
    /// <param name="weights">Weights of the parts.</param>
    public HotIndex IndexAt(DateOnly today, double severity, HotIndexWeights weights) =>
        HotIndex.Of(weights, Trend.RecentReporters * Math.Pow(2, -DaysSince(today) / HotIndex.HalfLifeDays), DaysSince(today) < QuietDays ? Burst : 0, 0, 0, severity);

    private int DaysSince(DateOnly today) => Math.Max(0, today.DayNumber - Trend.Today.DayNumber);
}
