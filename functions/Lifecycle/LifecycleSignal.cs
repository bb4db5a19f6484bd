using CityBrain.Cases;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Lifecycle;

/// <summary>Starts the procedure of a new case, and tells it when somebody else changed the case.</summary>
public sealed class LifecycleSignal : IOutboxHandler
{
    private static readonly OrchestrationRuntimeStatus[] AnyStatus =
    [
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    /// <inheritdoc/>
    public async Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var caseId = entry.After.CaseId;
        if (entry.Before is null)
        {
            var once = new StartOrchestrationOptions(caseId).WithDedupeStatuses(AnyStatus);
            await durable.ScheduleNewOrchestrationInstanceAsync(nameof(CaseLifecycle), caseId, once, cancellationToken);
        }
        else if (entry.Step.ActorKind is not ActorKind.Lifecycle)
        {
            await durable.RaiseEventAsync(caseId, CaseLifecycle.CaseChanged, entry.After.Version, cancellationToken);
        }
    }
}
