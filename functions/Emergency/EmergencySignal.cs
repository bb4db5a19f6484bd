using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Emergency;

/// <summary>Starts the orchestration of an emergency and tells it of changes. Its instance id is the emergency's id; asking twice is asking once.</summary>
public static class EmergencySignal
{
    /// <summary>Name of the orchestration.</summary>
    public const string Orchestration = "EmergencyCommand";

    /// <summary>Name of the event that tells of a new version; its payload is the version.</summary>
    public const string Changed = "emergency-changed";

    private static readonly OrchestrationRuntimeStatus[] Alive = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Sees to it that the orchestration runs, and tells it of a version.</summary>
    public static async Task TellAsync(EmergencyRecord emergency, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (await durable.GetInstanceAsync(emergency.Id, cancellationToken) is not { } there || !Alive.Contains(there.RuntimeStatus))
        {
            try
            {
                var once = new StartOrchestrationOptions(emergency.Id).WithDedupeStatuses(Alive);
                await durable.ScheduleNewOrchestrationInstanceAsync(Orchestration, emergency.Id, once, cancellationToken);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Another caller started it at the same moment, which each service says with an exception of its own.
                if (await durable.GetInstanceAsync(emergency.Id, cancellationToken) is not { } started || !Alive.Contains(started.RuntimeStatus))
                {
                    throw;
                }
            }
        }

        await durable.RaiseEventAsync(emergency.Id, Changed, emergency.Version, cancellationToken);
    }
}
