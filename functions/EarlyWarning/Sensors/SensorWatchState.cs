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
    public DateTimeOffset? Last { get; init; }
    public double Median { get; init; }
    public double Range { get; init; }
    public double Strength { get; init; }
    public double Resolution { get; init; }

    /// <summary>Since when the value is what it is.</summary>
    public DateTimeOffset? FlatSince { get; init; }
    public double LongestFlatHours { get; init; }
    public double UsualGapMinutes { get; init; }
    public double LongGapMinutes { get; init; }

    /// <summary>Open findings.</summary>
    public IReadOnlyList<SensorFinding> Open { get; init; } = [];
}

/// <summary>Readings of a quarter of an hour, counted since 0001-01-01 local.</summary>
public readonly record struct SensorSum(int Quarter, double Sum, int Count);

/// <summary>The mean of an hour, counted since 0001-01-01 local.</summary>
public readonly record struct SensorHour(int Hour, float Mean);
