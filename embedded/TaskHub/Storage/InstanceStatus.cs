using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Groups of statuses.</summary>
internal static class InstanceStatus
{
    /// <summary>SQL that is true for an instance that has ended: Completed, Failed, Canceled or Terminated.</summary>
    public const string Ended = "status IN (1, 3, 4, 5)";

    /// <summary>True when no turn will ever run again.</summary>
    public static bool IsEnded(OrchestrationStatus status) => status
        is OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Canceled or OrchestrationStatus.Terminated;

    /// <summary>A bit mask for SQL; null, which lets every status through, when none is named.</summary>
    public static long? Mask(IEnumerable<OrchestrationStatus> statuses)
    {
        var mask = statuses.Aggregate(0L, (all, status) => all | (1L << (int)status));
        return mask == 0 ? null : mask;
    }
}
