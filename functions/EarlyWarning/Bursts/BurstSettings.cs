namespace CityBrain.EarlyWarning.Bursts;

/// <summary>How bursts of reports are found. One setting for every subject and city.</summary>
public sealed record BurstSettings
{
    /// <summary>Days and hours are those of this time zone (IANA or Windows name).</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>True when reports come with the hour: windows of hours are watched as well, and a day that has begun is expected to hold its part only.</summary>
    public bool IsHourly { get; init; } = true;

    /// <summary>Windows that end today, in days, ascending.</summary>
    public IReadOnlyList<int> DayWindows { get; init; } = [1, 3, 7];

    /// <summary>Windows that end with this hour, in hours, at most 24, ascending.</summary>
    public IReadOnlyList<int> HourWindows { get; init; } = [1, 3, 6, 24];

    /// <summary>A day becomes part of the baseline when so many days have passed: a burst does not raise what is expected of it.</summary>
    public int LagDays { get; init; } = 7;

    /// <summary>An episode ends after so many days without an alarm.</summary>
    public int QuietDays { get; init; } = 7;

    /// <summary>No alarm before the family of subjects has been watched so many days.</summary>
    public int LearnDays { get; init; } = 28;

    /// <summary>Fewest distinct reporters of an alarm in an area or zone.</summary>
    public int FewestInZone { get; init; } = 3;

    /// <summary>Fewest distinct reporters of a citywide alarm.</summary>
    public int FewestInCity { get; init; } = 5;

    /// <summary>Least number of reports that is ever expected of an area, a day.</summary>
    public double AreaFloor { get; init; } = 0.01;

    /// <summary>Least number of reports that is ever expected of the city, a day.</summary>
    public double CityFloor { get; init; } = 0.1;

    /// <summary>What a day leaves to the next in the sums that find slow burns (0 to 1).</summary>
    public double Leak { get; init; } = 0.93;

    /// <summary>How fast the level of a subject may drift, as a standard deviation in logarithm, a day.</summary>
    public double Drift { get; init; } = 0.012;
}
