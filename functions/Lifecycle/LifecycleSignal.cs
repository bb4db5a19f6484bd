using CityBrain.Cases;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Lifecycle;

/// <summary>
/// Starts the procedure of a new case, and tells it when somebody else changed the case. A case that goes on after its end may find its procedure at an
/// end, and then gets it anew.
/// </summary>
public sealed class LifecycleSignal : IOutboxHandler
{
    private static readonly OrchestrationRuntimeStatus[] Alive = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    private static readonly OrchestrationRuntimeStatus[] AnyStatus =
    [
        .. Alive, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    /// <inheritdoc/>
    public async Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var caseId = entry.After.CaseId;
        if (entry.Before is null)
        {
            await StartUnlessAsync(AnyStatus, caseId, durable, cancellationToken);
        }
        else if (entry.Step.ActorKind is not ActorKind.Lifecycle)
        {
            if (CaseTransitions.IsEnd(entry.Before.State) && !CaseTransitions.IsEnd(entry.After.State))
            {
                await StartUnlessAsync(Alive, caseId, durable, cancellationToken);
            }

            await durable.RaiseEventAsync(caseId, CaseLifecycle.CaseChanged, entry.After.Version, cancellationToken);
        }
    }

    /// <summary>Starts the procedure unless it is there in one of the statuses: that is what a repeated delivery finds, and each service says it with an exception of its own.</summary>
    private static async Task StartUnlessAsync(OrchestrationRuntimeStatus[] statuses, string caseId, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        try
        {
            var once = new StartOrchestrationOptions(caseId).WithDedupeStatuses(statuses);
            await durable.ScheduleNewOrchestrationInstanceAsync(nameof(CaseLifecycle), caseId, once, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (await durable.GetInstanceAsync(caseId, cancellationToken) is not { } there || !statuses.Contains(there.RuntimeStatus))
            {
                throw;
            }
        }
    }
}
