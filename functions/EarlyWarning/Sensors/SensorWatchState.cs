namespace CityBrain.EarlyWarning.Sensors;

/// <summary>All that the watch of a device and measure remembers, to be kept; a few kilobytes of JSON.</summary>
public sealed record SensorWatchState
{
    /// <summary>Sums of the last hours, oldest first.</summary>
    public IReadOnlyList<SensorSum> Quarters { get; init; } = [];

    /// <summary>Means of the last 14 days by hour, oldest first.</summary>
    public IReadOnlyList<SensorHour> Hours { get; init; } = [];

    /// <summary>The last readings, oldest first.</summary>
    public IReadOnlyList<double> Latest { get; init; } = [];

    /// <summary>Of each statistic the largest value of each of the last days, oldest first.</summary>
    public IReadOnlyList<IReadOnlyList<float>> Days { get; init; } = [];

    /// <summary>Of each statistic the largest value today.</summary>
    public IReadOnlyList<double> Today { get; init; } = [];

    /// <summary>When it was last heard of.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The middle of the hours, in the unit of the measure.</summary>
    public double Median { get; init; }

    /// <summary>From the lowest hour to the highest.</summary>
    public double Range { get; init; }

    /// <summary>How much of what hours differ by their time of day explains, at most 1.</summary>
    public double Strength { get; init; }

    /// <summary>The smallest difference between two readings; 0 while unknown.</summary>
    public double Resolution { get; init; }

    /// <summary>Since when the value is what it is.</summary>
    public DateTimeOffset? FlatSince { get; init; }

    /// <summary>How long it stood still at most, in hours; forgotten slowly.</summary>
    public double LongestFlatHours { get; init; }

    /// <summary>Usual time between two readings.</summary>
    public double UsualGapMinutes { get; init; }

    /// <summary>The longest that happens; forgotten slowly.</summary>
    public double LongGapMinutes { get; init; }

    /// <summary>Open findings.</summary>
    public IReadOnlyList<SensorFinding> Open { get; init; } = [];
}

/// <summary>Readings of a quarter of an hour, counted since 0001-01-01 local.</summary>
public readonly record struct SensorSum(int Quarter, double Sum, int Count);

/// <summary>The mean of an hour, counted since 0001-01-01 local.</summary>
public readonly record struct SensorHour(int Hour, float Mean);
