using CityBrain.City;
using CityBrain.EarlyWarning.Topics;
using CityBrain.Sharing;

namespace CityBrain.EarlyWarning;

/// <summary>A topic in the list of hot ones.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Place and phrases; null for a topic of few texts.</param>
/// <param name="Category">What most of its cases are about.</param>
/// <param name="Index">How hot it is, with the parts.</param>
/// <param name="Reporters">Distinct reporters.</param>
/// <param name="Members">Cases.</param>
/// <param name="First">When the first was filed.</param>
/// <param name="Last">When the latest was filed.</param>
/// <param name="Growth">Last week against the weeks before; 1 when nothing changes.</param>
/// <param name="Areas">Distinct reporters by area, most first, at most ten.</param>
/// <param name="Days">Distinct reporters of each day.</param>
public sealed record HotTopic(
    int Id,
    string? Name,
    LocalizedName? Category,
    HotIndex Index,
    int Reporters,
    int Members,
    DateTimeOffset? First,
    DateTimeOffset? Last,
    double Growth,
    IReadOnlyList<AreaReporters> Areas,
    IReadOnlyList<TopicDay> Days);

/// <summary>Distinct reporters of an area.</summary>
public sealed record AreaReporters(string Id, LocalizedName? Name, int Reporters);

/// <summary>Ranks topics by the hot index.</summary>
public sealed class HotTopics(TopicBoard board, WarningAccess access, CityModel city, TimeProvider clock)
{
    // However many screens look, the table is read once in these seconds of real time.
    private readonly Recent<List<TopicView>> _latest = new(TimeSpan.FromSeconds(2), () => board.ListAsync(clock.GetUtcNow().AddDays(-ListedDays), FewestMembers, CancellationToken.None).ToListAsync().AsTask());

    private const int FewestMembers = 2;
    private const int ListedDays = 28;
    private const int MostAreas = 10;
    private static readonly HotIndexWeights Weights = new();

    /// <summary>The hottest topics that a caller may see.</summary>
    public async Task<IReadOnlyList<HotTopic>> ListAsync(Caller caller, int most, CancellationToken cancellationToken)
    {
        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), city.TimeZone);
        var today = DateOnly.FromDateTime(now.DateTime);
        var topics = await _latest.ReadAsync(cancellationToken);
        return [.. topics.Where(topic => access.MaySee(caller, topic.Categories, [.. topic.Areas.Keys]))
            .Select(topic => (Topic: topic, Index: topic.IndexAt(today, SeverityOf(topic), Weights)))
            .OrderByDescending(topic => topic.Index.Value).ThenBy(topic => topic.Topic.Id).Take(most)
            .Select(topic => Of(topic.Topic, topic.Index))];
    }

    private HotTopic Of(TopicView topic, HotIndex index) => new(
        topic.Id,
        topic.Name,
        ItemOf(topic)?.Name,
        index,
        topic.Reporters,
        topic.Members,
        topic.First,
        topic.Last,
        Math.Round(topic.Trend.Growth, 2),
        [.. topic.Areas.OrderByDescending(area => area.Value).ThenBy(area => area.Key, StringComparer.Ordinal).Take(MostAreas).Select(area => new AreaReporters(area.Key, city.Areas.Find(area.Key)?.Name, area.Value))],
        topic.Days);

    private double SeverityOf(TopicView topic) => (double)(ItemOf(topic)?.Urgency ?? Urgency.Routine) / (int)Urgency.LifeSafety;

    private CatalogueItem? ItemOf(TopicView topic) => topic.Categories.Count > 0 ? city.Catalogue.Find(topic.Categories[0]) : null;
}
