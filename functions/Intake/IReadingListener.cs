using CityBrain.City;

namespace CityBrain.Intake;

/// <summary>Listens to readings beside the rules of the devices. To be told of a reading twice is to be told once.</summary>
public interface IReadingListener
{
    /// <summary>Takes readings of one device, in any order; completes when it has durably taken note.</summary>
    Task TakeAsync(Device device, IReadOnlyList<SensorReading> readings, CancellationToken cancellationToken);

    /// <summary>The open case that was opened already for what a device measures; null when there is none.</summary>
    Task<string?> OpenCaseAsync(Device device, CancellationToken cancellationToken);
}
