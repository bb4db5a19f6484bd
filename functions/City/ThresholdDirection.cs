namespace CityBrain.City;

/// <summary>Which side of a threshold is the bad one.</summary>
public enum ThresholdDirection
{
    /// <summary>Trips at or above the threshold.</summary>
    Up,

    /// <summary>Trips at or below the threshold.</summary>
    Down,
}
