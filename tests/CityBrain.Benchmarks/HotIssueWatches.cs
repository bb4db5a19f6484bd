using CityBrain.EarlyWarning.Bursts;
using CityBrain.EarlyWarning.Topics;

namespace CityBrain.Benchmarks;

/// <summary>One burst watch for each topic of some texts, fed at the end of every day with the distinct reporters of the day: messages that name no area.</summary>
internal sealed class HotIssueWatches
{
    private const double FalseEpisodesIn30Days = 1;
    private const int FewestTexts = 3;

    private static readonly BurstSettings Settings = new() { IsHourly = false };
    private static readonly BurstGround Ground = new([]);

    private readonly BurstProfile _profile = new(Settings, Ground);
    private readonly AlarmBudget _budget = new(Ground, FalseEpisodesIn30Days * 7 / 30);
    private readonly SortedDictionary<int, BurstWatch> _watches = [];
    private readonly Dictionary<(int Topic, DateOnly Day), int> _observed = [];
    private readonly Dictionary<int, DateOnly> _warned = [];

    /// <summary>The score of the strongest open alarm of a topic; 0 when there is none.</summary>
    public double ScoreOf(int topic) => _watches.TryGetValue(topic, out var watch) ? watch.Alarms.Select(alarm => alarm.Score).DefaultIfEmpty().Max() : 0;

    /// <summary>The day of the first alarm of a topic, or null.</summary>
    public DateOnly? FirstWarned(int topic) => _warned.TryGetValue(topic, out var day) ? day : null;

    /// <summary>Feeds what is known at the end of a day.</summary>
    public void EndDay(DateOnly day, IReadOnlyList<TopicRecord> changed)
    {
        foreach (var topic in changed.Where(topic => topic.State is not TopicState.Active))
        {
            _watches.Remove(topic.Id);
        }

        foreach (var topic in changed.Where(topic => topic is { State: TopicState.Active, Texts: >= FewestTexts } && !_watches.ContainsKey(topic.Id)))
        {
            _watches[topic.Id] = new BurstWatch($"{topic.Id}", Settings, Ground, _profile, _budget);
            _watches[topic.Id].AdvanceTo(Noon(topic.Days[0].Day > day.AddDays(-Settings.LagDays) ? topic.Days[0].Day : day.AddDays(-Settings.LagDays)));
        }

        _budget.Subjects = _watches.Count;
        foreach (var watch in _watches.Values)
        {
            watch.AdvanceTo(Noon(day));
        }

        foreach (var topic in changed.Where(topic => _watches.ContainsKey(topic.Id)))
        {
            foreach (var (at, _, reporters) in topic.Days.Where(known => known.Day > day.AddDays(-Settings.LagDays)))
            {
                Observe(topic.Id, at, reporters - _observed.GetValueOrDefault((topic.Id, at)), day);
                _observed[(topic.Id, at)] = reporters;
            }
        }
    }

    private void Observe(int topic, DateOnly at, int reporters, DateOnly today)
    {
        if (reporters > 0)
        {
            _watches[topic].Observe(Noon(at), -1, reporters);
        }

        if (_watches[topic].Alarms.Count > 0)
        {
            _warned.TryAdd(topic, today);
        }
    }

    private static DateTimeOffset Noon(DateOnly day) => new(day, new TimeOnly(12, 0), TimeSpan.Zero);
}
