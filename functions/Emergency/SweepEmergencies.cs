using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Emergency;

/// <summary>Sees to it that every open emergency has its orchestration, should a crash have come between the record and its start.</summary>
public sealed class SweepEmergencies(EmergencyStore store)
{
    /// <summary>Every minute, and once when the app starts.</summary>
    [Function(nameof(SweepEmergencies))]
    public async Task RunAsync([TimerTrigger("15 * * * * *", RunOnStartup = true)] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        foreach (var emergency in await store.AllAsync(cancellationToken))
        {
            if (emergency.State is EmergencyState.Declared || emergency.IsRunning)
            {
                await EmergencySignal.TellAsync(emergency, durable, cancellationToken);
            }
        }
    }
}
