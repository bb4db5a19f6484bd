using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>
/// Starts the triggers in order. When the host stops, every trigger takes no more work, what runs is cancelled and waited for, and
/// what still runs when the time is up is left behind: its work was not acknowledged, so it comes again.
/// </summary>
internal sealed class FunctionsHost(IEnumerable<ITriggerListener> listeners, FunctionInvoker invoker, ILogger<FunctionsHost> logger) : IHostedService
{
    private readonly Stack<ITriggerListener> _started = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var listener in listeners)
            {
                _started.Push(listener);
                await listener.StartAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await StopAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var stops = new List<Task>();
        while (_started.TryPop(out var listener))
        {
            stops.Add(listener.StopAsync(cancellationToken));
        }

        await invoker.CancelAsync().ConfigureAwait(false);
        stops.Add(invoker.IdleAsync());
        try
        {
            await Task.WhenAll(stops).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("The host stopped while functions were still running; their work is done again at the next start");
        }
    }
}
