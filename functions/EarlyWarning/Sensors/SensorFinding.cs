namespace CityBrain.EarlyWarning.Sensors;

/// <summary>What is strange about a device. The first three are anomalies of what it measures; the others are faults of the device, and never an alarm.</summary>
public enum SensorFindingKind
{
    /// <summary>Farther from the middle than ever.</summary>
    Level,

    /// <summary>A faster rise within 1 to 6 hours than ever.</summary>
    Rise,

    /// <summary>Far from what this hour of the day usually has.</summary>
    Season,

    /// <summary>One and the same value for too long.</summary>
    Flatline,

    /// <summary>No readings.</summary>
    Dropout,
}

/// <summary>One anomaly or fault from its onset to its end.</summary>
/// <param name="Kind">What was seen first.</param>
/// <param name="Onset">When it was seen: nothing later was known then. A dropout or flatline began with the last reading, or change, before.</param>
/// <param name="End">When it was over; null while open.</param>
/// <param name="Value">The value that was farthest out; the last one of a fault.</param>
/// <param name="Expected">What was expected instead.</param>
/// <param name="Score">5 where an anomaly begins, twice as far out 10, which is the most.</param>
public sealed record SensorFinding(SensorFindingKind Kind, DateTimeOffset Onset, DateTimeOffset? End, double Value, double Expected, double Score)
{
    /// <summary>True for a fault of the device.</summary>
    public bool IsFault => Kind is SensorFindingKind.Flatline or SensorFindingKind.Dropout;

    /// <summary>When it was last seen.</summary>
    public DateTimeOffset Last { get; init; } = Onset;
}
