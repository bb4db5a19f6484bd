namespace CityBrain.EarlyWarning.Bursts;

/// <summary>What is expected of one subject: its level in the city, and each area's share of it, shrunk to what its family knows.</summary>
internal sealed class BurstBaseline
{
    private const double ShareFading = 1 - (1.0 / 120);
    private const double ScatterPrior = 100;
    private const double LocatedPrior = 5;
    private const double SureAfter = 7;
    private const double Nothing = 1e-4;

    private readonly BurstSettings _settings;
    private readonly BurstGround _ground;
    private readonly BurstProfile _profile;
    private readonly SortedDictionary<int, (double Count, double Leaky)> _areas = [];
    private double _count, _weight, _located, _unlocated, _squares, _means, _leakyExpected, _leakyCount;
    private double _shareWeight;

    public BurstBaseline(BurstSettings settings, BurstGround ground, BurstProfile profile, BurstBaselineState state)
    {
        (_settings, _ground, _profile) = (settings, ground, profile);
        (_count, _weight, _located, _unlocated) = (state.Count, state.Weight, state.Located, state.Unlocated);
        (_squares, _means, _leakyExpected, _leakyCount) = (state.Squares, state.Means, state.LeakyExpected, state.LeakyCount);
        _shareWeight = state.ShareWeight < 0 ? ShareWeight(0, 0, 1, 1, ground.Areas.Count) : state.ShareWeight;
        foreach (var area in state.Areas)
        {
            if (ground.IndexOf(area.Area) is >= 0 and var index)
            {
                _areas[index] = (area.Count, area.Leaky);
            }
        }
    }

    /// <summary>True when the level follows from a week of the subject's own days.</summary>
    public bool IsSure => _weight >= SureAfter;

    /// <summary>Reports a day, on a day of average weekday.</summary>
    public double Level => Math.Max(_settings.CityFloor, (_count + _profile.TypicalRate) / (_weight + 1));

    /// <summary>Variance divided by mean: the family's, moved by the subject's own days.</summary>
    public double Dispersion => Math.Clamp(((ScatterPrior * _profile.Dispersion) + _squares) / (ScatterPrior + _means), 1.02, 50);

    /// <summary>How many days the level rests on.</summary>
    public double Weight => _weight;

    /// <summary>The expected part of the leaky sums at the end of yesterday.</summary>
    public double LeakyExpected => _leakyExpected;

    /// <summary>The citywide leaky sum at the end of yesterday.</summary>
    public double LeakyCount => _leakyCount;

    /// <summary>The leaky sums of the areas that have reported.</summary>
    public IEnumerable<(int Area, double Sum)> Leaky => _areas.Select(area => (area.Key, area.Value.Leaky));

    /// <summary>
    /// How many reports the family's opinion of the areas' shares weighs as much as: few when areas differ more than chance explains, many when not
    /// (moments of the Dirichlet-multinomial distribution).
    /// </summary>
    /// <param name="total">Fading sum of reports.</param>
    /// <param name="squares">Sum over areas of the squared difference between its sum and what the prior shares make of the total.</param>
    /// <param name="spread">1 − Σ share².</param>
    /// <param name="dispersion">Variance divided by mean.</param>
    /// <param name="areas">Number of areas.</param>
    public static double ShareWeight(double total, double squares, double spread, double dispersion, int areas)
    {
        // A sum that fades has about six tenths of the variance of a plain one of the same size.
        var noise = 0.6 * dispersion;
        var seen = total > 0 && spread > 0 ? squares / (total * spread) / noise : 0;
        var (least, most) = (0.25 * areas, 50.0 * areas);
        return seen > 1 ? Math.Clamp(total / (seen - 1), least, most) : most;
    }

    /// <summary>What part of the city's reports comes from an area, with a known place.</summary>
    public double Share(int area)
    {
        var own = _areas.TryGetValue(area, out var sums) ? sums.Count : 0;
        return LocatedPart * (own + (_shareWeight * _profile.AreaShare(area))) / (_located + _shareWeight);
    }

    /// <summary>Fills in the share of every area.</summary>
    public void Shares(double[] shares)
    {
        for (var area = 0; area < _ground.Areas.Count; area++)
        {
            shares[area] = Share(area);
        }
    }

    /// <summary>A day is over: its reports enter the leaky sums at once.</summary>
    public void Leak(BurstDay day)
    {
        foreach (var area in _areas.Keys.ToList())
        {
            var sums = _areas[area];
            _areas[area] = (sums.Count, sums.Leaky * _settings.Leak < Nothing ? 0 : sums.Leaky * _settings.Leak);
        }

        (_leakyExpected, _leakyCount) = ((_leakyExpected * _settings.Leak) + day.Expected, _leakyCount * _settings.Leak);
        foreach (var (area, count) in day.Counts)
        {
            _leakyCount += count;
            if (area >= 0)
            {
                var sums = _areas.GetValueOrDefault(area);
                _areas[area] = (sums.Count, sums.Leaky + count);
            }
        }
    }

    /// <summary>A day is old enough to learn from. What is far above the expected counts as no more than three deviations.</summary>
    public void Learn(BurstDay day, double[] shares)
    {
        Shares(shares);
        var (total, dispersion, common) = (day.Counts.Sum(area => area.Count), Dispersion, _profile.CommonVariance);
        var capped = Math.Min(total, day.Expected + (3 * Math.Sqrt(day.Expected * (dispersion + (common * day.Expected)))) + 1);
        LearnScatter(day, capped, dispersion, shares);

        // The gain of a Kalman filter at rest, for a level that drifts so much and is seen with such noise.
        var fading = 1 - Math.Clamp(_settings.Drift * Math.Sqrt(Level / (dispersion + (common * Level))), 0.01, 0.1);
        var weekday = _profile.Weekday(day.Day);
        (_count, _weight) = ((fading * _count) + capped, (fading * _weight) + weekday);
        _profile.LearnDay(day.Day, capped, IsSure ? Level : null);
        LearnPlaces(day, dispersion, shares);
    }

    public BurstBaselineState Save() => new()
    {
        Count = _count,
        Weight = _weight,
        Located = _located,
        Unlocated = _unlocated,
        ShareWeight = _shareWeight,
        Squares = _squares,
        Means = _means,
        LeakyExpected = _leakyExpected,
        LeakyCount = _leakyCount,
        Areas = [.. _areas.Select(area => new BurstAreaSums(_ground.Areas[area.Key].Id, area.Value.Count, area.Value.Leaky))],
    };

    private double LocatedPart => (_located + LocatedPrior) / (_located + _unlocated + LocatedPrior);

    private void LearnScatter(BurstDay day, double capped, double dispersion, double[] shares)
    {
        if (!day.IsSure)
        {
            return;
        }

        var (squares, means) = (0d, 0d);
        for (var area = 0; area < _ground.Areas.Count; area++)
        {
            var mean = shares[area] * day.Expected;
            (squares, means) = (squares + (mean * mean), means + mean);
        }

        foreach (var (area, count) in day.Counts.Where(count => count.Area >= 0))
        {
            var mean = shares[area] * day.Expected;
            var difference = Math.Min(count, mean + (5 * Math.Sqrt(mean * dispersion)) + 2) - mean;
            squares += (difference * difference) - (mean * mean);
        }

        (_squares, _means) = ((ShareFading * _squares) + squares, (ShareFading * _means) + means);
        var citywide = capped - day.Expected;
        _profile.LearnScatter(squares, means, ((citywide * citywide) - (dispersion * day.Expected)) / day.Expected, day.Expected);
    }

    private void LearnPlaces(BurstDay day, double dispersion, double[] shares)
    {
        foreach (var area in _areas.Keys.ToList())
        {
            var sums = _areas[area];
            _areas[area] = (sums.Count * ShareFading, sums.Leaky);
        }

        (_located, _unlocated) = (_located * ShareFading, _unlocated * ShareFading);
        foreach (var (area, count) in day.Counts)
        {
            if (area < 0)
            {
                _unlocated += count;
                continue;
            }

            var taken = Math.Min(count, Cap(shares[area] * day.Expected, dispersion));
            var sums = _areas.GetValueOrDefault(area);
            _areas[area] = (sums.Count + taken, sums.Leaky);
            _located += taken;
            _profile.LearnArea(area, taken);
        }

        foreach (var area in _areas.Where(area => area.Value is { Count: < Nothing, Leaky: 0 }).Select(area => area.Key).ToList())
        {
            _areas.Remove(area);
        }

        LearnShareWeight(dispersion);
    }

    private void LearnShareWeight(double dispersion)
    {
        var (squares, spread) = (0d, 1d);
        for (var area = 0; area < _ground.Areas.Count; area++)
        {
            var share = _profile.AreaShare(area);
            var difference = (_areas.TryGetValue(area, out var sums) ? sums.Count : 0) - (_located * share);
            (squares, spread) = (squares + (difference * difference), spread - (share * share));
        }

        _shareWeight = ShareWeight(_located, squares, spread, dispersion, _ground.Areas.Count);
    }

    private static double Cap(double mean, double dispersion) => mean + (3 * Math.Sqrt(mean * dispersion)) + 1.5;
}
