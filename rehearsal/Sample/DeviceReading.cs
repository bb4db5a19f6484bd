namespace CityBrain.Rehearsal.Sample;

/// <summary>One value of a device's series.</summary>
/// <param name="Device">Id of the device.</param>
/// <param name="Measure">What it measures.</param>
/// <param name="Time">When.</param>
/// <param name="Value">In the unit of the series.</param>
internal sealed record DeviceReading(string Device, string Measure, DateTimeOffset Time, double Value);
