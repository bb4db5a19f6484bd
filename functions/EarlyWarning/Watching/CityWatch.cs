using System.Globalization;
using CityBrain.City;
using CityBrain.EarlyWarning.Bursts;
using CityBrain.EarlyWarning.Topics;
using CityBrain.EarlyWarning.Warnings;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>
/// All of early warning as one machine: entries go in, one after the other, warnings come out. It has no clock, no chance and no storage, so the same
/// entries give the same topics and warnings, whatever stops in between. Not for several threads at once.
/// </summary>
public sealed class CityWatch
{
    /// <summary>Rulings that are remembered, to know how often warnings are right.</summary>
    private const int MostRulings = 200;

    /// <summary>The bias after n rulings that all say the same is n / (n + this).</summary>
    private const double RulingPrior = 10;

    /// <summary>A warning takes news of its signs for so many days after it ended.</summary>
    private const int SettleDays = 14;

    private readonly CityModel _city;
    private readonly WatchGround _ground;
    private readonly TopicStream _topics;
    private readonly WatchFamily _topicFamily;
    private readonly WatchFamily _categoryFamily;
    private readonly Fusion _fusion;
    private readonly Associations _associations;
    private readonly SortedDictionary<string, WatchSubject> _subjects = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Warning> _warnings = new(StringComparer.Ordinal);
    private readonly List<RulingNews> _rulings;
    private readonly SortedSet<string> _changedSubjects = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _droppedSubjects = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _changedWarnings = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _settledWarnings = new(StringComparer.Ordinal);
    private DateTimeOffset? _now;
    private DateOnly _advancedTo;
    private int _watchedTopics;

    /// <param name="city">Areas, catalogue and names of places.</param>
    /// <param name="ground">The areas that are watched.</param>
    /// <param name="options">Settings.</param>
    /// <param name="state">What was kept; null to begin anew.</param>
    public CityWatch(CityModel city, WatchGround ground, EarlyWarningOptions options, CityWatchState? state = null)
    {
        state ??= CityWatchState.Empty;
        (_city, _ground) = (city, ground);
        var bursts = new BurstSettings { TimeZone = city.TimeZone.Id, LearnDays = options.LearnDays };
        _topics = new TopicStream(new TopicSettings { Life = TimeSpan.FromDays(options.TopicDays) }, new TopicPlaces(city.Places.Names), state.Topics);
        _topicFamily = new WatchFamily(SignKind.Topic, bursts, ground.Zones, options.FalseEpisodesAWeek / 2, state.Core.Topics);
        _categoryFamily = new WatchFamily(SignKind.Category, bursts, ground.Zones, options.FalseEpisodesAWeek / 2, state.Core.Categories);
        _fusion = new Fusion(options.Warnings, city.Catalogue, ground.Metres);
        _associations = new Associations(state.Core.Associations);
        _rulings = [.. state.Core.Rulings];
        (Entries, _now, _advancedTo) = (state.Core.Entries, state.Core.Now, state.Core.AdvancedTo);
        foreach (var subject in state.Subjects)
        {
            _subjects[subject.Name] = new WatchSubject(FamilyOf(subject.Name), subject.Name, subject);
        }

        foreach (var warning in state.Warnings)
        {
            _warnings[warning.Id] = warning;
        }

        _watchedTopics = _subjects.Values.Count(subject => subject.Family == _topicFamily);
        ShareBudget();
        ApplyRulings();
    }

    /// <summary>Entries taken since the city began.</summary>
    public long Entries { get; private set; }

    /// <summary>The score from which on each layer of topics raises an alarm.</summary>
    public IReadOnlyDictionary<BurstLayer, double> Thresholds => _topicFamily.Thresholds;

    /// <summary>Takes an entry; returns the warnings that it made or changed.</summary>
    public IReadOnlyList<Warning> Take(WatchEntry entry)
    {
        Entries++;
        var at = TimeZoneInfo.ConvertTime(entry.At, _city.TimeZone);
        _now = at > _now ? at : _now ?? at;
        IEnumerable<WarningSign> signs = entry switch
        {
            { Case: { } filed } => TakeCase(filed, at),
            { Device: { } news } => TakeDevice(news),
            { Ruling: { } ruling } => TakeRuling(ruling),
            _ => PassTime(_now.Value),
        };
        return [.. signs.Select(Fuse).OfType<Warning>().GroupBy(warning => warning.Id, StringComparer.Ordinal).Select(same => same.Last())];
    }

    /// <summary>A topic as it is shown.</summary>
    public TopicView ViewOf(TopicRecord topic)
    {
        var subject = _subjects.GetValueOrDefault(TopicName(topic.Id));
        return TopicView.Of(topic, subject?.Categories ?? [], subject?.Cases ?? [], subject?.Alarms.Select(alarm => alarm.Score).DefaultIfEmpty().Max() ?? 0);
    }

    /// <summary>What changed since this was called last.</summary>
    public CityWatchChanges TakeChanges()
    {
        var changes = new CityWatchChanges(
            _topics.TakeChanges(),
            [.. _changedSubjects.Where(_subjects.ContainsKey).Select(name => _subjects[name].Save())],
            [.. _droppedSubjects],
            [.. _changedWarnings.Where(_warnings.ContainsKey).Select(id => _warnings[id])],
            [.. _settledWarnings]);
        _changedSubjects.Clear();
        _droppedSubjects.Clear();
        _changedWarnings.Clear();
        _settledWarnings.Clear();
        return changes;
    }

    /// <summary>What there is one of, as it is now.</summary>
    public CityWatchCore Core() => new()
    {
        Entries = Entries,
        Now = _now,
        AdvancedTo = _advancedTo,
        Topics = _topicFamily.Save(),
        Categories = _categoryFamily.Save(),
        Rulings = [.. _rulings],
        Associations = _associations.Save(),
    };

    private List<WarningSign> TakeCase(FiledCase filed, DateTimeOffset at)
    {
        var area = _ground.AreaOf(filed.AreaId);
        var isTitled = filed.Title.Length > 0;
        var member = _topics.Add(new TopicText(isTitled ? filed.Title : filed.Text, filed.CaseId, isTitled ? filed.Text : null, at, area, filed.ReporterKey, Places: filed.Places));
        var signs = FollowTopics();
        var category = filed.CategoryCode is { } code && code != _city.Catalogue.Other.Code && _city.Catalogue.Find(code) is not null ? code : null;
        var index = area is null ? -1 : _ground.Zones.IndexOf(area);

        var topic = Subject(_topicFamily, TopicName(_topics.Current(member.Topic)));
        topic.Note(filed.CaseId, category);

        // A copy by somebody who is not known may be anybody's, even the same person's.
        if (!member.IsCopy || filed.ReporterKey is not null)
        {
            signs.AddRange(SignsOf(topic, topic.Count(filed.ReporterKey ?? filed.CaseId, at, index)));
        }

        if (category is not null)
        {
            var subject = Subject(_categoryFamily, CategoryName(category));
            subject.Note(filed.CaseId, category);
            signs.AddRange(SignsOf(subject, subject.Count(filed.ReporterKey ?? filed.CaseId, at, index)));
            if (_ground.DistrictOf(filed.AreaId) is { } district)
            {
                _associations.NoteComplaint(category, district, at);
            }
        }

        return signs;
    }

    private WarningSign[] TakeDevice(DeviceNews news)
    {
        if (_ground.DistrictOf(news.Sign.Areas.Count > 0 ? news.Sign.Areas[0] : null) is { } district)
        {
            _associations.NoteAnomaly(news.Kind, district, news.Sign.Onset);
        }

        return [news.Sign with { Areas = [.. news.Sign.Areas.Select(_ground.AreaOf).OfType<string>()] }];
    }

    private WarningSign[] TakeRuling(RulingNews ruling)
    {
        _rulings.RemoveAll(known => known.WarningId == ruling.WarningId);
        _rulings.Add(ruling);
        _rulings.RemoveRange(0, Math.Max(0, _rulings.Count - MostRulings));
        ApplyRulings();
        return [];
    }

    private List<WarningSign> PassTime(DateTimeOffset now)
    {
        var signs = new List<WarningSign>();
        var day = DateOnly.FromDateTime(now.Date);
        if (day > _advancedTo)
        {
            _advancedTo = day;
            foreach (var subject in _subjects.Values)
            {
                var ended = subject.AdvanceTo(now);
                signs.AddRange(SignsOf(subject, ended));
                _changedSubjects.Add(subject.Name);
                if (ended.Count > 0 && subject.Family == _topicFamily)
                {
                    // Its burst is over, and shown no more.
                    _topics.Touch(TopicOf(subject.Name));
                }
            }
        }

        foreach (var (id, _) in _warnings.Where(warning => warning.Value.End < now.AddDays(-SettleDays)).ToList())
        {
            _warnings.Remove(id);
            _changedWarnings.Remove(id);
            _settledWarnings.Add(id);
        }

        return signs;
    }

    /// <summary>Topics that went into others, or that take no more texts, are watched no more; what was counted of the former goes with them.</summary>
    private List<WarningSign> FollowTopics()
    {
        var signs = new List<WarningSign>();
        foreach (var ended in _topics.TakeEnded())
        {
            if (!_subjects.Remove(TopicName(ended), out var subject))
            {
                continue;
            }

            _watchedTopics--;
            _changedSubjects.Remove(subject.Name);
            _droppedSubjects.Add(subject.Name);
            signs.AddRange(SignsOf(subject, [.. subject.Alarms.Select(alarm => alarm with { End = _now })]));
            if (_topics.Current(ended) is var into && into != ended)
            {
                var heir = Subject(_topicFamily, TopicName(into));
                signs.AddRange(SignsOf(heir, heir.Take(subject)));
            }
        }

        ShareBudget();
        return signs;
    }

    private WatchSubject Subject(WatchFamily family, string name)
    {
        _changedSubjects.Add(name);
        _droppedSubjects.Remove(name);
        if (!_subjects.TryGetValue(name, out var subject))
        {
            _subjects[name] = subject = new WatchSubject(family, name, null);
            _watchedTopics += family == _topicFamily ? 1 : 0;
            ShareBudget();
        }

        return subject;
    }

    private Warning? Fuse(WarningSign sign)
    {
        // The end of a sign that no warning knows any more is no news.
        if (sign.End is not null && !_warnings.Values.Any(warning => warning.Signs.Any(known => known.Id == sign.Id)))
        {
            return null;
        }

        var warning = _fusion.Take(sign, _warnings.Values.OrderBy(known => known.Onset).ThenBy(known => known.Id, StringComparer.Ordinal), Entries);
        _warnings[warning.Id] = warning;
        _changedWarnings.Add(warning.Id);
        return warning;
    }

    private IEnumerable<WarningSign> SignsOf(WatchSubject subject, IReadOnlyList<BurstEpisode> episodes) => subject.SignsOf(episodes, _city.Catalogue.Other.Code);

    private void ShareBudget() =>
        (_topicFamily.Subjects, _categoryFamily.Subjects) = (_watchedTopics, _subjects.Count - _watchedTopics);

    private void ApplyRulings()
    {
        var precision = WarningPrecision.Of([.. _rulings.Select(ruling => ruling.Disposition)]);
        _topicFamily.Bias = _categoryFamily.Bias = (precision.True - precision.False) / (precision.True + precision.False + RulingPrior);
    }

    private WatchFamily FamilyOf(string subject) => subject.StartsWith("topic:", StringComparison.Ordinal) ? _topicFamily : _categoryFamily;

    private static string TopicName(int topic) => $"topic:{topic}";

    private static int TopicOf(string subject) => int.Parse(subject.AsSpan(subject.IndexOf(':', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);

    private static string CategoryName(string category) => $"category:{category}";
}
