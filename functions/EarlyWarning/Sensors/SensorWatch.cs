namespace CityBrain.EarlyWarning.Sensors;

/// <summary>
/// Watches one measure of one device: what is out of its own ordinary is an anomaly, silence and standstill are faults. No threshold is given; what a day
/// had at most, over up to four weeks, is what the present is compared with. Deterministic; not for several threads at once.
/// </summary>
public sealed class SensorWatch
{
    private const double Hysteresis = 0.75;
    private const double OnsetScore = 5;

    private readonly SensorSettings _settings;
    private readonly TimeZoneInfo _zone;
    private readonly SensorHistory _history;
    private readonly SensorStatistics _statistics;
    private readonly SensorFaults _faults;
    private readonly List<SensorFinding> _open;
    private readonly List<double> _latest;
    private DateTimeOffset? _last;

    /// <summary>A watch that has seen nothing, or one as it was kept.</summary>
    public SensorWatch(SensorSettings settings, SensorWatchState? state = null)
    {
        var kept = state ?? new SensorWatchState();
        (_settings, _zone) = (settings, TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone));
        (_history, _statistics, _faults) = (new SensorHistory(kept), new SensorStatistics(settings, kept), new SensorFaults(settings, kept));
        (_open, _latest, _last) = ([.. kept.Open], [.. kept.Latest], kept.Last);
    }

    /// <summary>Open anomalies and faults.</summary>
    public IReadOnlyList<SensorFinding> Open => _open;

    /// <summary>Adds a reading. One that comes late, within eight hours, joins the past; what is no number is left out.</summary>
    /// <returns>Findings that were opened, have grown or have ended.</returns>
    public IReadOnlyList<SensorFinding> Read(DateTimeOffset at, double value)
    {
        if (!double.IsFinite(value))
        {
            return [];
        }

        var local = TimeZoneInfo.ConvertTime(at, _zone).DateTime;
        var quarter = (int)(local.Ticks / (TimeSpan.TicksPerMinute * 15));
        if (at <= _last)
        {
            _history.Add(quarter, value);
            return [];
        }

        var changed = new List<SensorFinding>();
        changed.AddRange(AdvanceTo(at));
        Finish(SensorFindingKind.Dropout, at, changed);
        if (_last is { } last)
        {
            if (TimeZoneInfo.ConvertTime(last, _zone).Date != local.Date)
            {
                _statistics.CloseDay();
            }

            _faults.Learn(last, _latest[^1], at, value);
        }

        _last = at;
        _latest.Add(value);
        _latest.RemoveRange(0, Math.Max(0, _latest.Count - 3));
        _history.Add(quarter, value);
        Stuck(at, value, changed);
        Strange(at, quarter / 4, changed);
        return changed;
    }

    /// <summary>Lets time pass: a device from which nothing comes is found only so, and quiet anomalies end.</summary>
    /// <returns>Findings that were opened or have ended.</returns>
    public IReadOnlyList<SensorFinding> AdvanceTo(DateTimeOffset now)
    {
        var changed = new List<SensorFinding>();
        if (_last is { } last && _faults.IsSilent(last, now) && _open.All(finding => finding.Kind != SensorFindingKind.Dropout))
        {
            _open.Add(new SensorFinding(SensorFindingKind.Dropout, last, null, _latest[^1], _latest[^1], OnsetScore) { Last = now });
            changed.Add(_open[^1]);
        }

        foreach (var finding in _open.Where(finding => !finding.IsFault && now - finding.Last > TimeSpan.FromHours(_settings.QuietHours)).ToList())
        {
            _open.Remove(finding);
            changed.Add(finding with { End = finding.Last });
        }

        return changed;
    }

    /// <summary>All that it remembers, to be kept.</summary>
    public SensorWatchState Save() => new()
    {
        Quarters = [.. _history.Quarters],
        Hours = [.. _history.Hours],
        Latest = [.. _latest],
        Days = _statistics.Days,
        Today = _statistics.Today,
        Last = _last,
        Median = _history.Median,
        Range = _history.Range,
        Strength = _history.Strength,
        Resolution = _faults.Resolution,
        FlatSince = _faults.FlatSince,
        LongestFlatHours = _faults.LongestFlatHours,
        UsualGapMinutes = _faults.UsualGapMinutes,
        LongGapMinutes = _faults.LongGapMinutes,
        Open = [.. _open],
    };

    /// <summary>Hours since 0001-01-01, local.</summary>
    internal static int HourOf(DateTimeOffset at, SensorSettings settings) =>
        (int)(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone)).DateTime.Ticks / TimeSpan.TicksPerHour);

    private void Stuck(DateTimeOffset at, double value, List<SensorFinding> changed)
    {
        if (_open.Find(finding => finding.Kind == SensorFindingKind.Flatline) is { } stuck)
        {
            if (_faults.FlatSince > stuck.Onset)
            {
                Finish(SensorFindingKind.Flatline, at, changed);
            }
        }
        else if (_faults.IsStuck(_history, value, at))
        {
            _open.Add(new SensorFinding(SensorFindingKind.Flatline, _faults.FlatSince ?? at, null, value, _history.Median, OnsetScore) { Last = at });
            changed.Add(_open[^1]);
        }
    }

    private void Strange(DateTimeOffset at, int hour, List<SensorFinding> changed)
    {
        var level = _latest.Order().ElementAt(_latest.Count / 2);
        if (_statistics.Farthest(_history, level, hour, _faults.Resolution) is not { } farthest || _open.Any(finding => finding.Kind == SensorFindingKind.Flatline))
        {
            return;
        }

        var (statistic, score) = (farthest.Statistic, Math.Min(10, OnsetScore * farthest.Ratio));
        var known = _open.FindIndex(finding => !finding.IsFault);
        if (known < 0 && farthest.Ratio >= 1)
        {
            _open.Add(new SensorFinding(statistic.Kind, at, null, statistic.Value, statistic.Expected, score));
            changed.Add(_open[^1]);
        }
        else if (known >= 0 && farthest.Ratio >= Hysteresis)
        {
            var seen = _open[known] with { Last = at };
            _open[known] = score > seen.Score ? seen with { Value = statistic.Value, Expected = statistic.Expected, Score = score } : seen;
            changed.Add(_open[known]);
        }
    }

    private void Finish(SensorFindingKind kind, DateTimeOffset at, List<SensorFinding> changed)
    {
        foreach (var finding in _open.Where(finding => finding.Kind == kind).ToList())
        {
            _open.Remove(finding);
            changed.Add(finding with { End = at, Last = at });
        }
    }
}
