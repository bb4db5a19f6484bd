namespace CityBrain.EarlyWarning.Bursts;

/// <summary>What a profile has learnt, to be kept; counts fade with a year.</summary>
public sealed record BurstProfileState
{
    /// <summary>First day of any subject, in days since 0001-01-01; below 0 before it.</summary>
    public int FirstDay { get; init; }

    /// <summary>The day up to which the past has faded.</summary>
    public int LastDay { get; init; }

    /// <summary>Reports by weekday, from Monday.</summary>
    public IReadOnlyList<double> WeekdayCounts { get; init; } = new double[7];

    /// <summary>What was expected of the same days.</summary>
    public IReadOnlyList<double> WeekdayLevels { get; init; } = new double[7];

    /// <summary>Reports by hour: 24 of working days, 24 of weekends.</summary>
    public IReadOnlyList<double> HourCounts { get; init; } = new double[48];

    /// <summary>Reports by area.</summary>
    public IReadOnlyDictionary<string, double> AreaCounts { get; init; } = new Dictionary<string, double>();

    /// <summary>Their sum.</summary>
    public double AreaTotal { get; init; }

    /// <summary>The sum of their squares.</summary>
    public double AreaSquares { get; init; }

    /// <summary>Reports of all subjects.</summary>
    public double Reports { get; init; }

    /// <summary>Days of a subject that they rest on.</summary>
    public double SubjectDays { get; init; }

    /// <summary>Squared differences of areas from what was expected.</summary>
    public double Squares { get; init; }

    /// <summary>What was expected, of the same days.</summary>
    public double Means { get; init; }

    /// <summary>Squared differences of the whole city beyond what chance explains, divided by what was expected.</summary>
    public double CommonExcess { get; init; }

    /// <summary>What was expected, of the same days.</summary>
    public double CommonMeans { get; init; }
}

/// <summary>
/// What the subjects of one family (all topics, or all categories) have in common, learnt as they are watched: weekdays, hours, which areas report
/// much, how much counts scatter, and how many reports a subject has. Shared by their watches; not for several threads at once.
/// </summary>
public sealed class BurstProfile
{
    private const double Fading = 1 - (1.0 / 365);
    private const double WeekdayPrior = 20;
    private const double HourPrior = 24;
    private const double ScatterPrior = 30;
    private const double FirstDispersion = 1.2;
    private const int MostOfOneReport = 3;

    private readonly BurstSettings _settings;
    private readonly BurstGround _ground;
    private readonly double[] _areaCounts;
    private readonly double[] _weekdayCounts = new double[7];
    private readonly double[] _weekdayLevels = new double[7];
    private readonly double[] _hourCounts = new double[48];
    private int _firstDay = -1;
    private int _lastDay = -1;
    private double _areaTotal, _areaSquares, _reports, _subjectDays, _squares, _means, _commonExcess, _commonMeans;

    /// <summary>A profile that knows nothing, or one as it was kept.</summary>
    public BurstProfile(BurstSettings settings, BurstGround ground, BurstProfileState? state = null)
    {
        (_settings, _ground) = (settings, ground);
        _areaCounts = new double[ground.Areas.Count];
        if (state is null)
        {
            return;
        }

        (_firstDay, _lastDay) = (state.FirstDay, state.LastDay);
        for (var i = 0; i < 7; i++)
        {
            (_weekdayCounts[i], _weekdayLevels[i]) = (state.WeekdayCounts[i], state.WeekdayLevels[i]);
        }

        for (var i = 0; i < _hourCounts.Length; i++)
        {
            _hourCounts[i] = state.HourCounts[i];
        }

        foreach (var (area, count) in state.AreaCounts)
        {
            if (ground.IndexOf(area) is >= 0 and var index)
            {
                _areaCounts[index] = count;
            }
        }

        (_areaTotal, _areaSquares, _reports, _subjectDays) = (state.AreaTotal, state.AreaSquares, state.Reports, state.SubjectDays);
        (_squares, _means, _commonExcess, _commonMeans) = (state.Squares, state.Means, state.CommonExcess, state.CommonMeans);
    }

    /// <summary>Variance divided by mean of the daily reports of an area, 1.02 to 20.</summary>
    public double Dispersion => Math.Clamp(((ScatterPrior * FirstDispersion) + _squares) / (ScatterPrior + _means), 1.02, 20);

    /// <summary>What days have in common over the whole city, beyond that: variance of a day's factor, 0 to 1.</summary>
    public double CommonVariance => Math.Clamp(_commonExcess / (ScatterPrior + _commonMeans), 0, 1);

    /// <summary>Reports a day of a subject about which nothing else is known.</summary>
    public double TypicalRate => Math.Max(_settings.CityFloor, (_settings.CityFloor + _reports) / (1 + _subjectDays));

    /// <summary>True when the family has been watched long enough for alarms.</summary>
    public bool IsRipe(int day) => _firstDay >= 0 && day - _firstDay >= _settings.LearnDays;

    /// <summary>Factor of the weekday of a day, 1 on average.</summary>
    /// <param name="day">Days since 0001-01-01, a Monday.</param>
    public double Weekday(int day)
    {
        var sum = 0d;
        for (var weekday = 0; weekday < 7; weekday++)
        {
            sum += Factor(weekday);
        }

        return Factor(day % 7) * 7 / sum;
    }

    /// <summary>The part of a day's reports that comes in one hour of it, 0 to 1.</summary>
    public double HourPart(int day, int hour) => Hours(day, hour, hour);

    /// <summary>The part of a day's reports that comes until the end of an hour, 0 to 1.</summary>
    public double DayPart(int day, int hour) => Hours(day, 0, hour);

    /// <summary>The part of the city's located reports that comes from an area; areas of which little is known are taken for average ones.</summary>
    public double AreaShare(int area)
    {
        var prior = BurstBaseline.ShareWeight(_areaTotal, _areaSquares - (_areaTotal * _areaTotal / _areaCounts.Length), 1 - (1.0 / _areaCounts.Length), Dispersion, _areaCounts.Length);
        return (_areaCounts[area] + (prior / _areaCounts.Length)) / (_areaTotal + prior);
    }

    /// <summary>What was learnt, to be kept.</summary>
    public BurstProfileState Save() => new()
    {
        FirstDay = _firstDay,
        LastDay = _lastDay,
        WeekdayCounts = [.. _weekdayCounts],
        WeekdayLevels = [.. _weekdayLevels],
        HourCounts = [.. _hourCounts],
        AreaCounts = _ground.Areas.Select((area, index) => (area.Id, Count: _areaCounts[index])).Where(area => area.Count > 0).ToDictionary(area => area.Id, area => area.Count),
        AreaTotal = _areaTotal,
        AreaSquares = _areaSquares,
        Reports = _reports,
        SubjectDays = _subjectDays,
        Squares = _squares,
        Means = _means,
        CommonExcess = _commonExcess,
        CommonMeans = _commonMeans,
    };

    /// <summary>A day begins for a subject; the first time, the past fades by what has passed.</summary>
    internal void Turn(int day)
    {
        if (_firstDay < 0)
        {
            (_firstDay, _lastDay) = (day, day);
        }

        for (; _lastDay < day; _lastDay++)
        {
            Fade();
        }
    }

    internal void LearnHour(int day, int hour, double count) => _hourCounts[HourIndex(day, hour)] += Math.Min(count, MostOfOneReport);

    internal void LearnDay(int day, double count, double? level)
    {
        (_reports, _subjectDays) = (_reports + count, _subjectDays + 1);
        if (level is { } known)
        {
            _weekdayCounts[day % 7] += count;
            _weekdayLevels[day % 7] += known;
        }
    }

    internal void LearnArea(int area, double count)
    {
        _areaSquares += ((2 * _areaCounts[area]) + count) * count;
        _areaCounts[area] += count;
        _areaTotal += count;
    }

    internal void LearnScatter(double squares, double means, double commonExcess, double commonMeans)
    {
        (_squares, _means) = (_squares + squares, _means + means);
        (_commonExcess, _commonMeans) = (_commonExcess + commonExcess, _commonMeans + commonMeans);
    }

    private double Factor(int weekday) => (_weekdayCounts[weekday] + WeekdayPrior) / (_weekdayLevels[weekday] + WeekdayPrior);

    private double Hours(int day, int first, int last)
    {
        var (start, sum, part) = (HourIndex(day, 0), HourPrior, 0d);
        for (var hour = 0; hour < 24; hour++)
        {
            sum += _hourCounts[start + hour];
            part += hour >= first && hour <= last ? _hourCounts[start + hour] + (HourPrior / 24) : 0;
        }

        return part / sum;
    }

    /// <summary>Working days and weekends have hours of their own.</summary>
    private static int HourIndex(int day, int hour) => (day % 7 >= 5 ? 24 : 0) + hour;

    private void Fade()
    {
        foreach (var sums in (double[][])[_areaCounts, _weekdayCounts, _weekdayLevels, _hourCounts])
        {
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] *= Fading;
            }
        }

        (_areaTotal, _areaSquares, _reports, _subjectDays) = (_areaTotal * Fading, _areaSquares * Fading * Fading, _reports * Fading, _subjectDays * Fading);
        (_squares, _means, _commonExcess, _commonMeans) = (_squares * Fading, _means * Fading, _commonExcess * Fading, _commonMeans * Fading);
    }
}
