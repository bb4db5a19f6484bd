namespace CityBrain.EarlyWarning.Sensors;

/// <summary>How the readings of a device are watched. One setting for every measure; what is much or little, a device's own past says.</summary>
public sealed record SensorSettings
{
    /// <summary>Hours of the day are those of this time zone (IANA or Windows name).</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Days with readings before a level or rise can be an anomaly.</summary>
    public int LearnLevelDays { get; init; } = 14;

    /// <summary>Days with readings before a value can be out of season.</summary>
    public int LearnSeasonDays { get; init; } = 5;

    /// <summary>A level is an anomaly when it is so many times as far from the middle as it ever was.</summary>
    public double LevelFactor { get; init; } = 1.9;

    /// <summary>A rise within hours is an anomaly when it is so many times as large as it ever was.</summary>
    public double RiseFactor { get; init; } = 2.5;

    /// <summary>A value out of season needs so many times the farthest so far; more, the less alike days are.</summary>
    public double SeasonFactor { get; init; } = 1.1;

    /// <summary>Season counts only where the hour of the day explains so much of what a value does (0 to 1).</summary>
    public double LeastSeason { get; init; } = 0.2;

    /// <summary>What differs by less than so many steps of the device's resolution is never an anomaly.</summary>
    public int Steps { get; init; } = 8;

    /// <summary>An anomaly ends after so many hours without one.</summary>
    public int QuietHours { get; init; } = 12;

    /// <summary>The shortest time of one and the same value that can be a fault, in hours.</summary>
    public int FlatHours { get; init; } = 6;
}
