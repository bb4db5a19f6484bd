namespace CityBrain.EarlyWarning.Bursts;

/// <summary>
/// Watches one subject (a topic, or a category) over the city's areas. Counts are distinct reporters; who reports twice is for the caller to leave
/// out. Looks only at windows that end now, so nothing later than an observation changes an alarm. Deterministic; not for several threads at once.
/// </summary>
public sealed class BurstWatch
{
    private static readonly int LayerCount = Enum.GetValues<BurstLayer>().Length;

    private readonly BurstSettings _settings;
    private readonly BurstGround _ground;
    private readonly BurstProfile _profile;
    private readonly AlarmBudget _budget;
    private readonly BurstBaseline _baseline;
    private readonly BurstEpisodes _episodes;
    private readonly TimeZoneInfo _zone;
    private readonly List<BurstDay> _days;
    private readonly List<BurstHour> _hours;
    private readonly List<BurstDayScore> _scores;
    private int _day;

    /// <summary>A watch that has seen nothing, or one as it was kept.</summary>
    /// <param name="subject">Its name, the first part of the ids of its episodes.</param>
    /// <param name="settings">How bursts are found.</param>
    /// <param name="ground">The city's areas.</param>
    /// <param name="profile">What the family of subjects has in common.</param>
    /// <param name="budget">The thresholds.</param>
    /// <param name="state">As it was kept; null for a new one.</param>
    public BurstWatch(string subject, BurstSettings settings, BurstGround ground, BurstProfile profile, AlarmBudget budget, BurstWatchState? state = null)
    {
        (_settings, _ground, _profile, _budget) = (settings, ground, profile, budget);
        _zone = TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
        var kept = state ?? new BurstWatchState { Day = -1 };
        (_day, _days, _hours, _scores) = (kept.Day, [.. kept.Days], [.. kept.Hours], [.. kept.Scores]);
        _baseline = new BurstBaseline(settings, ground, profile, kept.Baseline);
        _episodes = new BurstEpisodes(subject, ground, kept.Begun, kept.Episodes);
    }

    /// <summary>Open episodes.</summary>
    public IReadOnlyList<BurstEpisode> Alarms => _episodes.Open;

    /// <summary>The days that are not yet part of the baseline, oldest first; the last is the open one.</summary>
    public IReadOnlyList<BurstDay> Days => _days;

    /// <summary>Adds distinct reporters of one area.</summary>
    /// <param name="at">When they reported; a day before the open one is only added to the past, one beyond the lag is left out.</param>
    /// <param name="area">Index of the area in the ground; −1 when the place is unknown.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>Episodes that were opened, have grown or have ended.</returns>
    public IReadOnlyList<BurstEpisode> Observe(DateTimeOffset at, int area, double count) => Observe(at, [new BurstCount(area, count)]);

    /// <summary>Adds distinct reporters of several areas at the same time, then looks once.</summary>
    public IReadOnlyList<BurstEpisode> Observe(DateTimeOffset at, IReadOnlyList<BurstCount> counts)
    {
        var local = TimeZoneInfo.ConvertTime(at, _zone);
        var changed = AdvanceTo(at);
        var day = DayOf(local);
        var open = _days.FindIndex(entry => entry.Day == day);
        if (open < 0)
        {
            return changed;
        }

        var known = _days[open].Counts.ToDictionary(count => count.Area, count => count.Count);
        foreach (var (area, count) in counts.Where(count => count.Count > 0))
        {
            known[area] = known.GetValueOrDefault(area) + count;
            if (_settings.IsHourly)
            {
                _hours.Add(new BurstHour((day * 24) + local.Hour, area, count));
                _profile.LearnHour(day, local.Hour, count);
            }
        }

        _days[open] = _days[open] with { Counts = [.. known.OrderBy(count => count.Key).Select(count => new BurstCount(count.Key, count.Value))] };
        return day < _day ? changed : [.. changed, .. Look(at, local.Hour, counts)];
    }

    /// <summary>Lets time pass: closes the days that are over. A watch that hears nothing needs this to end its episodes.</summary>
    /// <returns>Episodes that have ended.</returns>
    public IReadOnlyList<BurstEpisode> AdvanceTo(DateTimeOffset now)
    {
        var day = DayOf(TimeZoneInfo.ConvertTime(now, _zone));
        if (_day < 0)
        {
            Begin(day);
        }

        var ended = new List<BurstEpisode>();
        double[]? shares = null;
        while (_day < day)
        {
            CloseDay(shares ??= new double[_ground.Areas.Count]);
            Begin(_day + 1);
            ended.AddRange(_episodes.Close(now.AddDays(_day - day - _settings.QuietDays), now.AddDays(_day - day)));
        }

        return ended;
    }

    /// <summary>All that it remembers, to be kept.</summary>
    public BurstWatchState Save() => new()
    {
        Day = _day,
        Baseline = _baseline.Save(),
        Days = [.. _days],
        Hours = [.. _hours],
        Scores = [.. _scores],
        Episodes = [.. _episodes.Open],
        Begun = _episodes.Begun,
    };

    private static int DayOf(DateTimeOffset local) => DateOnly.FromDateTime(local.DateTime).DayNumber;

    private void Begin(int day)
    {
        _day = day;
        _profile.Turn(day);
        _days.Add(new BurstDay(day, _baseline.Level * _profile.Weekday(day), _baseline.IsSure, []));
        _hours.RemoveAll(hour => hour.Hour <= (day * 24) - 24);
    }

    private void CloseDay(double[] shares)
    {
        if (_profile.IsRipe(_day))
        {
            Span<double> today = stackalloc double[LayerCount];
            Span<double> before = stackalloc double[LayerCount];
            foreach (var (day, layer, score) in _scores)
            {
                var highest = day == _day ? today : before;
                highest[(int)layer] = Math.Max(highest[(int)layer], score);
            }

            _budget.Record(_day, today, before);
        }

        _scores.RemoveAll(score => score.Day <= _day - _settings.QuietDays);
        _baseline.Leak(_days[^1]);
        if (_days.Count > _settings.LagDays)
        {
            _baseline.Learn(_days[0], shares);
            _days.RemoveAt(0);
        }
    }

    private List<BurstEpisode> Look(DateTimeOffset at, int hour, IReadOnlyList<BurstCount> counts)
    {
        if (!_profile.IsRipe(_day))
        {
            return [];
        }

        var scan = new BurstScan(_settings, _ground, _baseline, _profile, _budget);
        using (var windows = new BurstWindows(_settings, _ground, _profile, _baseline))
        {
            scan.Run(windows.Ending(_days, _hours, hour), counts.Where(count => count.Area >= 0 && count.Count > 0).Select(count => count.Area));
        }

        foreach (var layer in Enum.GetValues<BurstLayer>())
        {
            var known = _scores.FindIndex(score => score.Day == _day && score.Layer == layer);
            var highest = new BurstDayScore(_day, layer, scan.Highest[(int)layer]);
            if (known < 0 && highest.Score > 0)
            {
                _scores.Add(highest);
            }
            else if (known >= 0 && highest.Score > _scores[known].Score)
            {
                _scores[known] = highest;
            }
        }

        return _episodes.Take(scan.Signals, at);
    }
}
