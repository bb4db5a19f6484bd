using CityBrain.Embedded.Hosting;
using Microsoft.Extensions.Hosting;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>Starts the triggers when the app is ready, and stops them before it is ended.</summary>
internal sealed class FunctionsHost(WorkerSupervisor supervisor, WorkerPool pool, IEnumerable<IFunctionsListener> listeners, HostLimits limits) : IHostedService
{
    private readonly Stack<IFunctionsListener> _started = [];

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await supervisor.StartAsync(cancellationToken).ConfigureAwait(false);
            var worker = await pool.ReadyAsync(cancellationToken).ConfigureAwait(false);
            foreach (var listener in listeners)
            {
                _started.Push(listener);
                await listener.UseAsync(worker.Functions, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Grace / 2);
        var pauses = new List<Task>();
        while (_started.TryPop(out var listener))
        {
            pauses.Add(listener.PauseAsync(cancellationToken));
        }

        // What runs may end by itself for half of the time; then it is told to give up.
        await supervisor.IdleAsync(patience.Token).ConfigureAwait(false);
        pool.Current?.Channel.CancelAll();
        await Task.WhenAll(pauses).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await supervisor.StopAsync(cancellationToken).ConfigureAwait(false);
    }
}
