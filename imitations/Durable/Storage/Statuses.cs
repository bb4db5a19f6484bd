using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Durable;

/// <summary>Groups of statuses.</summary>
internal static class Statuses
{
    /// <summary>Statuses in which no turn will ever run again.</summary>
    public static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Statuses in which an instance refuses a second one of its id unless the caller says otherwise.</summary>
    public static readonly OrchestrationRuntimeStatus[] Live =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>True when no turn will ever run again.</summary>
    public static bool IsEnded(OrchestrationRuntimeStatus status) => Ended.Contains(status);
}
