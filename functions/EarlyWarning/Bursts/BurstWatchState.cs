namespace CityBrain.EarlyWarning.Bursts;

/// <summary>All that a watch remembers, to be kept: a few hundred bytes of JSON for a subject with few reports.</summary>
public sealed record BurstWatchState
{
    /// <summary>The day that is open, in days since 0001-01-01.</summary>
    public int Day { get; init; }

    /// <summary>What is expected of it.</summary>
    public BurstBaselineState Baseline { get; init; } = new();

    /// <summary>Days that are not yet part of the baseline, oldest first; the last is the open one.</summary>
    public IReadOnlyList<BurstDay> Days { get; init; } = [];

    /// <summary>Reports of the last 24 hours, when hours are watched.</summary>
    public IReadOnlyList<BurstHour> Hours { get; init; } = [];

    /// <summary>The highest score of each layer on the days within the quiet days, where it is above 0.</summary>
    public IReadOnlyList<BurstDayScore> Scores { get; init; } = [];

    /// <summary>Open episodes.</summary>
    public IReadOnlyList<BurstEpisode> Episodes { get; init; } = [];

    /// <summary>How many episodes there were.</summary>
    public int Begun { get; init; }
}

/// <summary>What is expected of a subject, and from what it follows; sums fade.</summary>
public sealed record BurstBaselineState
{
    /// <summary>Reports, capped, on days of average weekday.</summary>
    public double Count { get; init; }

    /// <summary>Days that they rest on.</summary>
    public double Weight { get; init; }

    /// <summary>Reports of known place.</summary>
    public double Located { get; init; }

    /// <summary>Reports of unknown place.</summary>
    public double Unlocated { get; init; }

    /// <summary>Reports that the family's opinion of the areas' shares weighs as much as; below 0 while unknown.</summary>
    public double ShareWeight { get; init; } = -1;

    /// <summary>Squared differences of areas from what was expected.</summary>
    public double Squares { get; init; }

    /// <summary>What was expected, of the same days.</summary>
    public double Means { get; init; }

    /// <summary>Expected part of the leaky sum of the city.</summary>
    public double LeakyExpected { get; init; }

    /// <summary>Leaky sum of the city.</summary>
    public double LeakyCount { get; init; }

    /// <summary>Sums of the areas that have reported.</summary>
    public IReadOnlyList<BurstAreaSums> Areas { get; init; } = [];
}

/// <summary>The fading sums of one area that has reported.</summary>
public sealed record BurstAreaSums(string Area, double Count, double Leaky);

/// <summary>One day of a subject.</summary>
/// <param name="Day">Days since 0001-01-01.</param>
/// <param name="Expected">What was expected of the city when the day began.</param>
/// <param name="IsSure">True when that followed from enough of its own past to learn from the difference.</param>
/// <param name="Counts">Reports of each area; −1 is an unknown place.</param>
public sealed record BurstDay(int Day, double Expected, bool IsSure, IReadOnlyList<BurstCount> Counts);

/// <summary>Distinct reporters of an area, by its index; −1 is an unknown place.</summary>
public readonly record struct BurstCount(int Area, double Count);

/// <summary>Reports of an area in one hour (hours since 0001-01-01, local).</summary>
public readonly record struct BurstHour(int Hour, int Area, double Count);

/// <summary>The highest score of a layer on a day.</summary>
public readonly record struct BurstDayScore(int Day, BurstLayer Layer, double Score);
