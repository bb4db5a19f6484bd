namespace CityBrain.EarlyWarning.Sensors;

/// <summary>One thing that is measured about the present.</summary>
/// <param name="Kind">What it would be an anomaly of.</param>
/// <param name="Size">How far out; below 0 on the other side.</param>
/// <param name="Value">The value.</param>
/// <param name="Expected">What was expected.</param>
internal readonly record struct SensorStatistic(SensorFindingKind Kind, double Size, double Value, double Expected);

/// <summary>Compares the present with the largest that each of the last days had: how far from the middle, how fast up, how far from its season.</summary>
internal sealed class SensorStatistics
{
    /// <summary>Level up and down; rise within 1, 3 and 6 hours; season of one and of three hours, up and down.</summary>
    private const int Count = 9;
    private const int KeptDays = 28;
    private const int FewestForSeason = 3;
    private const double LeastRange = 0.15;

    private readonly SensorSettings _settings;
    private readonly List<float>[] _days;
    private readonly double[] _today;

    public SensorStatistics(SensorSettings settings, SensorWatchState state)
    {
        _settings = settings;
        _days = state.Days.Count == 0 ? [.. Enumerable.Range(0, Count).Select(_ => new List<float>())] : [.. state.Days.Select(days => days.ToList())];
        _today = state.Today.Count == 0 ? new double[Count] : [.. state.Today];
    }

    public IReadOnlyList<IReadOnlyList<float>> Days => [.. _days.Select(days => (IReadOnlyList<float>)[.. days])];

    public IReadOnlyList<double> Today => [.. _today];

    /// <summary>A day is over.</summary>
    public void CloseDay()
    {
        for (var i = 0; i < Count; i++)
        {
            _days[i].Add((float)_today[i]);
            _today[i] = 0;
            if (_days[i].Count > KeptDays)
            {
                _days[i].RemoveAt(0);
            }
        }
    }

    /// <summary>What is farthest out now, as a multiple of what would be an anomaly (1 or more: it is one); null when nothing can be said.</summary>
    public (SensorStatistic Statistic, double Ratio)? Farthest(SensorHistory history, double level, int hour, double resolution)
    {
        if (!history.IsKnown)
        {
            return null;
        }

        (SensorStatistic Statistic, double Ratio)? farthest = null;
        var floor = Math.Max(Math.Max(_settings.Steps * resolution, LeastRange * history.Range), 1e-9);
        var now = Measure(history, level, hour);
        for (var i = 0; i < Count; i++)
        {
            if (now[i] is not { } statistic)
            {
                continue;
            }

            var limit = Limit(i, statistic.Kind, history.Strength, floor);
            if (statistic.Size / limit > (farthest?.Ratio ?? 0))
            {
                farthest = (statistic, statistic.Size / limit);
            }

            // An anomaly widens what is usual, but not at one stroke.
            _today[i] = Math.Max(_today[i], Math.Min(statistic.Size, limit));
        }

        return farthest;
    }

    private static SensorStatistic?[] Measure(SensorHistory history, double level, int hour)
    {
        var measured = new SensorStatistic?[Count];
        Sides(0, SensorFindingKind.Level, level, history.Median);
        if (history.Mean(0, 1) is { } present)
        {
            foreach (var (place, hours) in ((int, int)[])[(2, 1), (3, 3), (4, 6)])
            {
                if (history.Mean((hours * 4) - 1, (hours * 4) + 2) is { } before)
                {
                    measured[place] = new SensorStatistic(SensorFindingKind.Rise, present - before, present, before);
                }
            }
        }

        if (history.Usual(hour) is { } usual)
        {
            Sides(5, SensorFindingKind.Season, history.Mean(0, 3, FewestForSeason), usual);
            Sides(7, SensorFindingKind.Season, history.Mean(4, 11) is null ? null : history.Mean(0, 11), usual);
        }

        return measured;

        void Sides(int place, SensorFindingKind kind, double? value, double expected)
        {
            if (value is { } known)
            {
                measured[place] = new SensorStatistic(kind, known - expected, known, expected);
                measured[place + 1] = new SensorStatistic(kind, expected - known, known, expected);
            }
        }
    }

    /// <summary>From what size on a statistic is an anomaly; without end while too little is known.</summary>
    private double Limit(int place, SensorFindingKind kind, double strength, double floor)
    {
        var days = _days[place];
        var learn = kind == SensorFindingKind.Season ? _settings.LearnSeasonDays : _settings.LearnLevelDays;
        if (days.Count < learn || (kind == SensorFindingKind.Season && strength < _settings.LeastSeason))
        {
            return double.PositiveInfinity;
        }

        var factor = kind switch
        {
            SensorFindingKind.Level => _settings.LevelFactor,
            SensorFindingKind.Rise => _settings.RiseFactor,
            _ => _settings.SeasonFactor + (0.5 * (Unlike(days, floor) + 0.1) * Math.Sqrt(1 + (6.0 / days.Count))),
        };
        return factor * Math.Max(days.Max(), floor);
    }

    /// <summary>How unlike days are: standard deviation of the logarithm of their largest.</summary>
    private static double Unlike(List<float> days, double floor)
    {
        var logs = days.ConvertAll(day => Math.Log(Math.Max(day, floor)));
        var mean = logs.Average();
        return Math.Sqrt(logs.Average(log => (log - mean) * (log - mean)));
    }
}
