using CityBrain.EarlyWarning.Bursts;
using CityBrain.EarlyWarning.Warnings;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>What is remembered of a subject, to be kept.</summary>
/// <param name="Name">Such as <c>topic:12</c> or <c>category:noise-street</c>.</param>
/// <param name="Watch">What its watch remembers.</param>
/// <param name="Reporters">The last day on which each reporter of the last days was heard, in days since 0001-01-01.</param>
/// <param name="Categories">How many of its cases are of each category.</param>
/// <param name="Cases">Its latest cases, oldest first.</param>
public sealed record WatchSubjectState(string Name, BurstWatchState Watch, IReadOnlyDictionary<string, int> Reporters, IReadOnlyDictionary<string, int> Categories, IReadOnlyList<string> Cases);

/// <summary>One topic or category that is watched: who reported lately, what its cases are about, and how many report where.</summary>
internal sealed class WatchSubject
{
    /// <summary>Latest cases that are remembered.</summary>
    public const int MostCases = 50;

    /// <summary>Cases and categories that a sign names.</summary>
    private const int MostNamed = 20;
    private const int MostCategories = 3;

    /// <summary>Who reports again within so many days is the same voice.</summary>
    private const int VoiceDays = 7;

    private readonly BurstWatch _watch;
    private readonly SortedDictionary<string, int> _reporters;
    private readonly SortedDictionary<string, int> _categories;
    private readonly List<string> _cases;

    public WatchSubject(WatchFamily family, string name, WatchSubjectState? state)
    {
        (Family, Name) = (family, name);
        _watch = family.Watch(name, state?.Watch);
        _reporters = new(state?.Reporters.ToDictionary() ?? [], StringComparer.Ordinal);
        _categories = new(state?.Categories.ToDictionary() ?? [], StringComparer.Ordinal);
        _cases = [.. state?.Cases ?? []];
    }

    public WatchFamily Family { get; }

    public string Name { get; }

    /// <summary>Open episodes.</summary>
    public IReadOnlyList<BurstEpisode> Alarms => _watch.Alarms;

    /// <summary>Categories of its cases, the commonest first.</summary>
    public IReadOnlyList<string> Categories => [.. _categories.OrderByDescending(category => category.Value).ThenBy(category => category.Key, StringComparer.Ordinal).Select(category => category.Key)];

    /// <summary>Its latest cases, oldest first.</summary>
    public IReadOnlyList<string> Cases => _cases;

    /// <summary>Remembers a case.</summary>
    public void Note(string caseId, string? category)
    {
        if (category is not null)
        {
            _categories[category] = _categories.GetValueOrDefault(category) + 1;
        }

        _cases.Add(caseId);
        if (_cases.Count > MostCases)
        {
            _cases.RemoveAt(0);
        }
    }

    /// <summary>Counts a reporter, unless heard lately; returns the episodes that changed.</summary>
    public IReadOnlyList<BurstEpisode> Count(string reporter, DateTimeOffset at, int area)
    {
        var day = DateOnly.FromDateTime(at.Date).DayNumber;
        var isHeard = _reporters.TryGetValue(reporter, out var last) && day - last < VoiceDays;
        _reporters[reporter] = Math.Max(day, last);
        return isHeard ? _watch.AdvanceTo(at) : _watch.Observe(at, area, 1);
    }

    /// <summary>Takes what was counted of a subject that has become part of this one; returns the episodes that changed.</summary>
    public IReadOnlyList<BurstEpisode> Take(WatchSubject other)
    {
        foreach (var (category, count) in other._categories)
        {
            _categories[category] = _categories.GetValueOrDefault(category) + count;
        }

        foreach (var (reporter, day) in other._reporters)
        {
            _reporters[reporter] = Math.Max(day, _reporters.GetValueOrDefault(reporter));
        }

        _cases.InsertRange(0, other._cases);
        _cases.RemoveRange(0, Math.Max(0, _cases.Count - MostCases));
        return [.. other._watch.Days.SelectMany(day => _watch.Observe(Family.NoonOf(day.Day), day.Counts))];
    }

    /// <summary>Lets time pass; returns the episodes that ended.</summary>
    public IReadOnlyList<BurstEpisode> AdvanceTo(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.Date).DayNumber;
        foreach (var (reporter, _) in _reporters.Where(reporter => day - reporter.Value >= VoiceDays).ToList())
        {
            _reporters.Remove(reporter);
        }

        return _watch.AdvanceTo(now);
    }

    /// <summary>Episodes of it as signs.</summary>
    /// <param name="episodes">Episodes that changed.</param>
    /// <param name="otherwise">The category of a subject without any.</param>
    public IEnumerable<WarningSign> SignsOf(IEnumerable<BurstEpisode> episodes, string otherwise) => episodes.Select(episode => new WarningSign(
        episode.Id,
        Family.Kind,
        Name[(Name.IndexOf(':', StringComparison.Ordinal) + 1)..],
        episode.Layer.ToString(),
        Categories is { Count: > 0 } categories ? [.. categories.Take(MostCategories)] : [otherwise],
        MostReportedFirst(episode.Areas),
        episode.Onset,
        episode.Last,
        episode.End,
        Math.Round(episode.Observed, 2),
        Math.Round(episode.Expected, 3),
        Math.Round(episode.Score, 2),
        episode.WindowHours)
    {
        Cases = [.. _cases.TakeLast(MostNamed)],
    });

    /// <summary>What it remembers, to be kept.</summary>
    public WatchSubjectState Save() => new(Name, _watch.Save(), new Dictionary<string, int>(_reporters), new Dictionary<string, int>(_categories), [.. _cases]);

    private IReadOnlyList<string> MostReportedFirst(IReadOnlyList<string> areas)
    {
        if (areas.Count < 2)
        {
            return areas;
        }

        var counts = _watch.Days.SelectMany(day => day.Counts).GroupBy(count => count.Area).ToDictionary(area => area.Key, area => area.Sum(count => count.Count));
        return [.. areas.OrderByDescending(area => counts.GetValueOrDefault(Family.IndexOf(area))).ThenBy(area => area, StringComparer.Ordinal)];
    }
}
