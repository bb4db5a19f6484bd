namespace CityBrain.Embedded.Functions.Timers;

/// <summary>Where a schedule stands; all UTC.</summary>
/// <param name="Last">When the last run began; the default value before the first.</param>
/// <param name="Next">When the next is due.</param>
/// <param name="LastUpdated">When this was written.</param>
internal sealed record TimerStatus(DateTime Last, DateTime Next, DateTime LastUpdated);
