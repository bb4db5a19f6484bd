using Grpc.Core;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>What happens when an instance of the same id exists.</summary>
internal static class ReusePolicy
{
    private static readonly OrchestrationStatus[] Live = [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended];

    /// <summary>Statuses in which an existing instance refuses the new one.</summary>
    /// <param name="policy">Names the statuses that may be replaced; null lets all be replaced.</param>
    /// <param name="mayReplaceLive">The hub's setting; without it an instance that has not ended refuses in any case.</param>
    /// <exception cref="TaskHubException">Terminated refuses while a live status does not: the live instance would be terminated only to refuse then.</exception>
    public static HashSet<OrchestrationStatus> Refusing(OrchestrationIdReusePolicy? policy, bool mayReplaceLive)
    {
        var refusing = policy is null ? [] : Enum.GetValues<OrchestrationStatus>().Except(policy.ReplaceableStatus).ToHashSet();
        if (!mayReplaceLive)
            refusing.UnionWith(Live);
        if (refusing.Contains(OrchestrationStatus.Terminated) && !Live.All(refusing.Contains))
        {
            throw new TaskHubException(
                StatusCode.InvalidArgument,
                "The dedupe statuses contain Terminated but not each of Pending, Running and Suspended; an instance in one of these would be terminated and the new one then refused.");
        }

        return refusing;
    }
}
