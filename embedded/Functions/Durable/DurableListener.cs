using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.TaskHub;

namespace CityBrain.Embedded.Functions.Durable;

/// <summary>Lets the task hub run while the app is up.</summary>
internal sealed class DurableListener(DurableTaskHub hub) : IFunctionsListener
{
    /// <inheritdoc/>
    public Task UseAsync(IReadOnlyList<WorkerFunction> functions, CancellationToken cancellationToken)
    {
        hub.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PauseAsync(CancellationToken cancellationToken) => hub.StopAsync(cancellationToken);
}
