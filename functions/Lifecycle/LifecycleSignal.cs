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
    /// <inheritdoc/>
    public async Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var caseId = entry.After.CaseId;
        if (entry.Before is null)
        {
            await Starting.OnceAsync(nameof(CaseLifecycle), caseId, caseId, Starting.AnyStatus, durable, cancellationToken);
        }
        else if (entry.Step.ActorKind is not ActorKind.Lifecycle)
        {
            if (CaseTransitions.IsEnd(entry.Before.State) && !CaseTransitions.IsEnd(entry.After.State))
            {
                await Starting.OnceAsync(nameof(CaseLifecycle), caseId, caseId, Starting.Alive, durable, cancellationToken);
            }

            await durable.RaiseEventAsync(caseId, CaseNews.CaseChanged, entry.After.Version, cancellationToken);
        }
    }
}
