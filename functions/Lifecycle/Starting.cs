using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Lifecycle;

/// <summary>Starts an orchestration once, whatever is delivered again.</summary>
internal static class Starting
{
    /// <summary>Statuses of an instance that is not over.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus> Alive { get; } =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Every status that an instance can have.</summary>
    public static IReadOnlyList<OrchestrationRuntimeStatus> AnyStatus { get; } =
        [.. Alive, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Starts it unless it is there in one of the statuses: that is what a repeated delivery finds, and each service says it with an exception of its own.</summary>
    public static async Task OnceAsync(string name, string instanceId, object input, IReadOnlyList<OrchestrationRuntimeStatus> statuses, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        try
        {
            var once = new StartOrchestrationOptions(instanceId).WithDedupeStatuses([.. statuses]);
            await durable.ScheduleNewOrchestrationInstanceAsync(name, input, once, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (await durable.GetInstanceAsync(instanceId, cancellationToken) is not { } there || !statuses.Contains(there.RuntimeStatus))
            {
                throw;
            }
        }
    }
}
