using CityBrain.Embedded.Hosting;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>
/// The process that runs the app's functions, as the task hub sees it. Names are compared without case. Safe for concurrent use; the hub
/// keeps to its own limits of how much runs at once.
/// </summary>
internal interface ITaskHubWorker
{
    /// <summary>Whether a function implements the orchestrator. Answers from the last known list while no worker is connected.</summary>
    bool HasOrchestrator(string name);

    /// <summary>Whether a function implements the activity. Answers from the last known list while no worker is connected.</summary>
    bool HasActivity(string name);

    /// <summary>Completes as soon as a worker takes invocations; at once when one does.</summary>
    Task WaitUntilReadyAsync(CancellationToken cancellationToken);

    /// <summary>Runs an orchestrator function for one turn.</summary>
    /// <param name="orchestrator">Name of the orchestrator.</param>
    /// <param name="request">An encoded <see cref="OrchestratorRequest"/>; valid until the returned task completes.</param>
    /// <param name="cancellationToken">Cancelled when the hub is closed; the turn is then taken again after the next start.</param>
    /// <exception cref="WorkerLostException">The worker went away before it answered.</exception>
    /// <exception cref="InvocationFailedException">The invocation as such failed; a failed orchestration is a normal answer.</exception>
    Task<OrchestratorResponse> RunTurnAsync(string orchestrator, ReadOnlyMemory<byte> request, CancellationToken cancellationToken);

    /// <summary>Runs an activity function.</summary>
    /// <param name="activity">Name of the activity.</param>
    /// <param name="instanceId">The instance that asked for it.</param>
    /// <param name="input">Its input as JSON, or null for none.</param>
    /// <param name="cancellationToken">Cancelled when the hub is closed; the activity then runs again after the next start.</param>
    /// <exception cref="WorkerLostException">The worker went away before it answered.</exception>
    /// <exception cref="InvocationFailedException">The function threw.</exception>
    Task<ActivityResult> RunActivityAsync(string activity, string instanceId, string? input, CancellationToken cancellationToken);
}
