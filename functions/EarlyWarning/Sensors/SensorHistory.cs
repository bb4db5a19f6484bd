namespace CityBrain.EarlyWarning.Sensors;

/// <summary>The recent readings of a device in quarters of an hour, and two weeks of its hours.</summary>
internal sealed class SensorHistory
{
    private const int KeptQuarters = 8 * 4;
    private const int KeptHours = 14 * 24;
    private const int LeastHours = 24;
    private const int LeastForSeason = 48;

    private readonly List<SensorSum> _quarters;
    private readonly List<SensorHour> _hours;

    public SensorHistory(SensorWatchState state)
    {
        (_quarters, _hours) = ([.. state.Quarters], [.. state.Hours]);
        (Median, Range, Strength) = (state.Median, state.Range, state.Strength);
    }

    public IReadOnlyList<SensorSum> Quarters => _quarters;

    public IReadOnlyList<SensorHour> Hours => _hours;

    /// <summary>The middle of the hours.</summary>
    public double Median { get; private set; }

    /// <summary>From the lowest hour to the highest.</summary>
    public double Range { get; private set; }

    /// <summary>How much of the differences between hours goes away when each is compared with its own hour of the day (at most 1).</summary>
    public double Strength { get; private set; }

    /// <summary>True when there are enough hours to tell the middle.</summary>
    public bool IsKnown => _hours.Count >= LeastHours;

    /// <summary>Adds a reading; one older than the kept quarters is left out.</summary>
    public void Add(int quarter, double value)
    {
        var at = _quarters.FindLastIndex(sum => sum.Quarter <= quarter);
        if (at >= 0 && _quarters[at].Quarter == quarter)
        {
            _quarters[at] = new SensorSum(quarter, _quarters[at].Sum + value, _quarters[at].Count + 1);
        }
        else if (_quarters.Count == 0 || quarter > _quarters[^1].Quarter - KeptQuarters)
        {
            _quarters.Insert(at + 1, new SensorSum(quarter, value, 1));
        }

        var newest = _quarters[^1].Quarter;
        if (_quarters[0].Quarter <= newest - KeptQuarters || at < 0 || _quarters[at].Quarter / 4 != quarter / 4)
        {
            CloseHours(newest);
        }
    }

    /// <summary>The mean of the quarters from so many before the newest to so many; null with fewer readings than are needed.</summary>
    public double? Mean(int from, int to, int fewest = 1)
    {
        var (newest, sum, count) = (_quarters[^1].Quarter, 0d, 0);
        foreach (var quarter in _quarters)
        {
            if (newest - quarter.Quarter >= from && newest - quarter.Quarter <= to)
            {
                (sum, count) = (sum + quarter.Sum, count + quarter.Count);
            }
        }

        return count < fewest ? null : sum / count;
    }

    /// <summary>What an hour usually has: the middle of the same hour and its neighbours on other days of its kind, working day or weekend; null when unknown.</summary>
    public double? Usual(int hour)
    {
        var (own, other) = (new List<double>(), new List<double>());
        foreach (var past in _hours)
        {
            if (past.Hour < hour - 1 && Math.Min(((past.Hour - hour) % 24 + 24) % 24, ((hour - past.Hour) % 24 + 24) % 24) <= 1)
            {
                (IsWeekend(past.Hour) == IsWeekend(hour) ? own : other).Add(past.Mean);
            }
        }

        return own.Count >= 6 ? Middle(own) : own.Count + other.Count >= 4 ? Middle([.. own, .. other]) : null;
    }

    /// <summary>Hours that no reading comes to any more become part of the past.</summary>
    private void CloseHours(int newest)
    {
        var known = _hours.Count == 0 ? -1 : _hours[^1].Hour;
        foreach (var hour in _quarters.GroupBy(quarter => quarter.Quarter / 4).Where(hour => hour.Key > known && hour.Key < newest / 4))
        {
            _hours.Add(new SensorHour(hour.Key, (float)(hour.Sum(quarter => quarter.Sum) / hour.Sum(quarter => quarter.Count))));
        }

        _quarters.RemoveAll(quarter => quarter.Quarter <= newest - KeptQuarters);
        _hours.RemoveAll(hour => hour.Hour < (newest / 4) - KeptHours);
        if (_hours.Count == 0)
        {
            return;
        }

        (Median, Range) = (Middle([.. _hours.Select(hour => (double)hour.Mean)]), _hours.Max(hour => hour.Mean) - _hours.Min(hour => hour.Mean));
        Strength = _hours.Count < LeastForSeason ? 0 : Explained();
    }

    private double Explained()
    {
        var (raw, left) = (0d, 0d);
        foreach (var alike in _hours.GroupBy(hour => (hour.Hour % 24, IsWeekend(hour.Hour))).Where(alike => alike.Count() > 1))
        {
            // A middle is nearer to the few values that it is taken from than to any others.
            var middle = Middle([.. alike.Select(hour => (double)hour.Mean)]);
            var fewness = Math.Sqrt(alike.Count() / (alike.Count() - 1.0));
            left += alike.Sum(hour => Math.Abs(hour.Mean - middle)) * fewness;
            raw += alike.Sum(hour => Math.Abs(hour.Mean - Median));
        }

        return raw == 0 ? 0 : 1 - (left / raw);
    }

    private static bool IsWeekend(int hour) => hour / 24 % 7 >= 5;

    private static double Middle(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }
}
