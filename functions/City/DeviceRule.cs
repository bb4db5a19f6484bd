namespace CityBrain.City;

/// <summary>When readings of a device open a case without anybody having asked (无呼也应).</summary>
/// <param name="Id">Unique within the device.</param>
/// <param name="Measure">The measure that it watches, such as <c>level</c>.</param>
/// <param name="Direction">Which side is bad.</param>
/// <param name="Threshold">Trips when reached and held, in the unit of the measure.</param>
/// <param name="ClearThreshold">Clears when passed on the way back; never on the bad side of the threshold (hysteresis).</param>
/// <param name="Hold">How long readings must stay on the bad side before the rule trips; zero trips at once.</param>
/// <param name="CatalogueCode">The item of the case that it opens.</param>
public sealed record DeviceRule(
    string Id,
    string Measure,
    ThresholdDirection Direction,
    double Threshold,
    double ClearThreshold,
    TimeSpan Hold,
    string CatalogueCode)
{
    /// <summary>True when a reading lies on the bad side of the threshold.</summary>
    public bool Trips(double value) => Direction == ThresholdDirection.Up ? value >= Threshold : value <= Threshold;

    /// <summary>True when a reading lies on the good side of the clear threshold.</summary>
    public bool Clears(double value) => Direction == ThresholdDirection.Up ? value < ClearThreshold : value > ClearThreshold;
}
