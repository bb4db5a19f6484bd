using Microsoft.Azure.Functions.Worker;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>Every hour: finds devices that have fallen silent, and ends what is over.</summary>
public sealed class AdvanceDevices(DeviceDesk desk, TimeProvider clock)
{
    /// <summary>Lets time pass for every device.</summary>
    [Function(nameof(AdvanceDevices))]
    public Task RunAsync([TimerTrigger("0 20 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => desk.AdvanceAsync(clock.GetUtcNow(), cancellationToken);
}
