using CityBrain.EarlyWarning.Topics;

namespace CityBrain.Benchmarks;

/// <summary>A hot issue: a topic with those that it came back from.</summary>
internal sealed record HotIssue(
    HotIndex Index, DateOnly Peak, string Name, IReadOnlyList<string> Phrases, IReadOnlyList<string> Periods, IReadOnlyList<string> Members, int Reporters, DateOnly? FirstWarned, DateOnly? Fifth, DateOnly? Tenth);

/// <summary>Plays texts through topics day by day, and keeps for each topic the highest index that it reached.</summary>
internal sealed class HotIssuesPlay
{
    private const int QuietDays = 2;
    private const int FewestReporters = 3;

    private readonly TopicStream _topics = new(new TopicSettings(), null, TopicStreamState.Empty);
    private readonly HotIndexWeights _weights = new();
    private readonly Dictionary<int, (HotIndex Index, DateOnly Day)> _peaks = [];
    private readonly List<(TopicText Text, int Topic)> _members = [];
    private readonly HotIssueWatches _watches = new();
    private TopicStreamState _state = TopicStreamState.Empty;
    private DateOnly? _today;

    public void Take(in TopicText text)
    {
        var day = DateOnly.FromDateTime(text.Time!.Value.DateTime);
        if (_today is { } today && day > today)
        {
            EndDay(today);
        }

        _today = day;
        _members.Add((text, _topics.Add(text).Topic));
    }

    /// <summary>All issues about which several people wrote, the hottest first.</summary>
    public List<HotIssue> Issues()
    {
        if (_today is { } today)
        {
            EndDay(today);
        }

        var members = _members.ToLookup(member => RootOf(_topics.Current(member.Topic)));
        return [.. members.Where(issue => issue.Any(member => _peaks.ContainsKey(_topics.Current(member.Topic)))).Select(Issue)
            .Where(issue => issue.Reporters >= FewestReporters).OrderByDescending(issue => issue.Index.Value)];
    }

    private void EndDay(DateOnly day)
    {
        var changes = _topics.TakeChanges();
        _state = _state.With(changes);
        _watches.EndDay(day, changes.Topics);
        foreach (var topic in changes.Topics.Where(topic => topic.State is TopicState.Active && topic.Last is { } last && DateOnly.FromDateTime(last.DateTime).AddDays(QuietDays) >= day))
        {
            var index = HotIndex.Of(_weights, TopicTrend.Of(topic, day).RecentReporters, _watches.ScoreOf(topic.Id), topic.Likes, topic.Dislikes, 0);
            if (!_peaks.TryGetValue(topic.Id, out var peak) || index.Value > peak.Index.Value)
            {
                _peaks[topic.Id] = (index, day);
            }
        }
    }

    /// <summary>The first topic of which this one is a recurrence.</summary>
    private int RootOf(int topic)
    {
        while (_state.Topics.TryGetValue(topic, out var record) && record.RecurrenceOf is { } earlier && _topics.Current(earlier) != topic)
        {
            topic = _topics.Current(earlier);
        }

        return topic;
    }

    private HotIssue Issue(IGrouping<int, (TopicText Text, int Topic)> members)
    {
        var topics = members.GroupBy(member => _topics.Current(member.Topic)).ToList();
        var (index, day) = topics.Where(topic => _peaks.ContainsKey(topic.Key)).Select(topic => _peaks[topic.Key]).MaxBy(peak => peak.Index.Value);
        var name = topics.OrderByDescending(topic => topic.Count()).Select(topic => _state.Topics[topic.Key].Name).FirstOrDefault(name => name is not null);
        var reporters = members.DistinctBy(member => member.Text.Reporter ?? member.Text.Key).ToList();
        return new(
            index,
            day,
            name?.Text ?? members.First().Text.Text,
            name?.Phrases ?? [],
            [.. topics.Select(topic => $"{DayOf(topic.First()):O}/{DayOf(topic.Last()):O}")],
            [.. members.Select(member => member.Text.Key!)],
            reporters.Count,
            topics.SelectMany(topic => topic).Select(member => member.Topic).Distinct().Select(_watches.FirstWarned).Min(),
            reporters.Count < 5 ? null : DayOf(reporters[4]),
            reporters.Count < 10 ? null : DayOf(reporters[9]));
    }

    private static DateOnly DayOf((TopicText Text, int Topic) member) => DateOnly.FromDateTime(member.Text.Time!.Value.DateTime);
}
