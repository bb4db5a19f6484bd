namespace CityBrain.EarlyWarning.Bursts;

/// <summary>What a budget has seen, to be kept; for each layer how often an episode would have begun at each threshold.</summary>
public sealed record AlarmBudgetState
{
    /// <summary>The day up to which the past has faded, in days since 0001-01-01.</summary>
    public int LastDay { get; init; }

    /// <summary>Days of a subject that were counted.</summary>
    public double SubjectDays { get; init; }

    /// <summary>For each layer and each threshold in steps of 0.1, how many episodes would have begun.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Begun { get; init; } = [];
}

/// <summary>
/// From a budget of false episodes over all subjects to the threshold of each layer. How many episodes a threshold lets through is first computed from the
/// number of places looked at, then counted in the city's own days: each score that nothing of the same subject reached within the quiet days before would
/// have been an episode at every threshold up to it. What is counted is the many small excursions, from which the rare ones follow; so a year with
/// true bursts hardly raises the thresholds. Shared by all watches; not for several threads at once.
/// </summary>
public sealed class AlarmBudget
{
    private const double Step = 0.1;
    private const int Steps = 100;
    private const double Fading = 1 - (1.0 / 365);
    private const double LowestThreshold = 1.5;

    /// <summary>Excursions are counted where about one in so many days of a subject begins one.</summary>
    private const double DaysApart = 30;
    private const int Span = 7;

    /// <summary>So many days no second episode can begin.</summary>
    private const double DeadDays = 8;

    /// <summary>What was computed weighs as much as so many counted excursions.</summary>
    private const double PriorWeight = 10;

    /// <summary>Excursions that are enough to tell how rare they are.</summary>
    private const double DeepCount = 10;
    private const double DeepPrior = 2;

    /// <summary>Of so few subjects, troubles may be most of what was counted.</summary>
    private const double FewSubjects = 4;

    /// <summary>Rare excursions raise a threshold by so much at most: not even a city full of troubles becomes deaf.</summary>
    private const double MostDeeper = 1;

    /// <summary>Part of what a layer is allowed where layers see excursions of their own.</summary>
    private const double ApartShare = 0.4;

    private static readonly BurstLayer[] Layers = Enum.GetValues<BurstLayer>();

    private readonly int _areas;
    private readonly double[][] _begun = [.. Layers.Select(_ => new double[Steps])];
    private double[]? _thresholds;
    private double _subjectDays;
    private int _lastDay = -1;

    /// <summary>A budget that has seen nothing, or one as it was kept.</summary>
    /// <param name="ground">The areas looked at.</param>
    /// <param name="falseEpisodesAWeek">False episodes a week, over all subjects and layers together; above 0.</param>
    /// <param name="state">What it had seen.</param>
    public AlarmBudget(BurstGround ground, double falseEpisodesAWeek, AlarmBudgetState? state = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(falseEpisodesAWeek);
        (_areas, FalseEpisodesAWeek) = (Math.Max(1, ground.Areas.Count), falseEpisodesAWeek);
        if (state is { Begun.Count: > 0 })
        {
            (_lastDay, _subjectDays) = (state.LastDay, state.SubjectDays);
            _begun = [.. state.Begun.Select(layer => layer.ToArray())];
        }
    }

    /// <summary>False episodes a week, over all subjects and layers together.</summary>
    public double FalseEpisodesAWeek { get; }

    /// <summary>How many subjects are watched now; they share the budget.</summary>
    public int Subjects
    {
        get;
        set => (field, _thresholds) = (Math.Max(1, value), field == Math.Max(1, value) ? _thresholds : null);
    } = 1;

    /// <summary>What people said about alarms: above 0 when they were mostly true, below when mostly false (−1 to 1). It moves the budget fourfold at most.</summary>
    public double Bias
    {
        get;
        set => (field, _thresholds) = (Math.Clamp(value, -1, 1), null);
    }

    /// <summary>The score from which on a layer raises an alarm.</summary>
    public double Threshold(BurstLayer layer) => (_thresholds ??= [.. Layers.Select(Computed)])[(int)layer];

    /// <summary>What was seen, to be kept.</summary>
    public AlarmBudgetState Save() => new() { LastDay = _lastDay, SubjectDays = _subjectDays, Begun = [.. _begun.Select(layer => layer.ToArray())] };

    /// <summary>How many episodes a day of one subject begins at a threshold, as counted so far; 0 when nothing was.</summary>
    public double Counted(BurstLayer layer, double threshold) =>
        _subjectDays == 0 ? 0 : _begun[(int)layer][Math.Clamp((int)Math.Round(threshold / Step), 0, Steps - 1)] / _subjectDays;

    /// <summary>A day of a subject is over.</summary>
    /// <param name="day">The day; a later one than any before lets the past fade.</param>
    /// <param name="scores">The highest score of each layer on that day.</param>
    /// <param name="before">The same within the quiet days before it.</param>
    internal void Record(int day, ReadOnlySpan<double> scores, ReadOnlySpan<double> before)
    {
        if (day > _lastDay)
        {
            Fade(_lastDay < 0 ? 0 : day - _lastDay);
            (_lastDay, _thresholds) = (day, null);
        }

        _subjectDays++;
        for (var layer = 0; layer < scores.Length; layer++)
        {
            for (var step = (int)Math.Floor(before[layer] / Step) + 1; step < Steps && step * Step <= scores[layer]; step++)
            {
                _begun[layer][step]++;
            }
        }
    }

    private double Computed(BurstLayer layer)
    {
        var (part, places, slope) = Prior(layer);
        var allowed = FalseEpisodesAWeek / 7 * part * Math.Pow(4, Bias) / Subjects;
        var begun = _begun[(int)layer];
        var step = Steps - 1;
        while (step > 1 && begun[step] * DaysApart < _subjectDays)
        {
            step--;
        }

        // What rises through both levels may be true bursts: only what passed the lower and not the higher one tells of noise.
        var higher = Math.Min(Steps - 1, step + Span);
        var counted = begun[step] - begun[higher];
        var free = Math.Max(0.2 * _subjectDays, _subjectDays - (DeadDays * begun[step]));
        var expected = places * (Math.Pow(10, -slope * step * Step) - Math.Pow(10, -slope * higher * Step)) * free;
        var correction = counted < 1 ? 0 : counted / (counted + PriorWeight) * Math.Log10(counted / expected);
        var shallow = (Math.Log10(places / allowed) + correction) / slope;
        return Math.Max(LowestThreshold, double.Lerp(shallow, Math.Min(shallow + MostDeeper, Deep(begun, allowed, slope)), DeepWeight(begun)));
    }

    /// <summary>The threshold from rare excursions. Where so few are allowed, layers hardly ever see the same one.</summary>
    private double Deep(double[] begun, double allowed, double slope)
    {
        var step = DeepStep(begun);
        return step <= 0 ? 0 : (step * Step) + (Math.Log10(begun[step] / (_subjectDays * allowed * ApartShare)) / slope);
    }

    /// <summary>How far rare excursions are trusted: many are counted, and of many subjects few are in trouble, so that what is counted is noise.</summary>
    private double DeepWeight(double[] begun) =>
        DeepStep(begun) is > 0 and var step ? Math.Max(0, 1 - (FewSubjects / Subjects)) * begun[step] / (begun[step] + DeepPrior) : 0;

    /// <summary>The highest threshold above which enough excursions were counted.</summary>
    private static int DeepStep(double[] begun) => Array.FindLastIndex(begun, count => count >= DeepCount);

    /// <summary>A layer's part of the budget, more than 1 together because layers mostly see the same excursion, which is one episode; how many independent places it looks at a day; how fast the logarithm of its episodes falls with the threshold.</summary>
    private (double Part, double Places, double Slope) Prior(BurstLayer layer) => layer switch
    {
        BurstLayer.Area => (0.78, 0.7 * _areas, 0.9),
        BurstLayer.Zone => (1.04, 3 * _areas, 0.9),
        BurstLayer.City => (0.45, 0.75, 0.9),
        _ => (0.39, 0.7 * _areas, 0.9),
    };

    private void Fade(int days)
    {
        var fading = Math.Pow(Fading, days);
        _subjectDays *= fading;
        foreach (var layer in _begun)
        {
            for (var step = 0; step < Steps; step++)
            {
                layer[step] *= fading;
            }
        }
    }
}
