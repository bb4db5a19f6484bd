using CityBrain.Embedded.Functions.Rpc;
using CityBrain.Embedded.Hosting;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>
/// Where triggers find the worker. Whoever invokes while there is none waits for the next; whoever waits for an answer when it is lost learns it
/// by a <see cref="WorkerLostException"/>. Safe for concurrent use.
/// </summary>
internal sealed class WorkerPool
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<RunningWorker> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The worker; null while there is none.</summary>
    public RunningWorker? Current => _ready.Task is { IsCompletedSuccessfully: true } ready ? ready.Result : null;

    /// <summary>The worker, or the last one while there is none; null before the first.</summary>
    public RunningWorker? Known { get; private set; }

    /// <summary>Waits for a worker.</summary>
    public Task<RunningWorker> ReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    /// <summary>Runs a function once on the worker, or on the next one while there is none.</summary>
    /// <exception cref="FunctionFailedException">It failed, or gave up.</exception>
    /// <exception cref="WorkerLostException">The worker ended first, the host stops, or the app has no such function any more.</exception>
    public async Task<InvocationResponse> InvokeAsync(string functionId, InvocationRequest request, CancellationToken cancellationToken)
    {
        var worker = Current ?? await ReadyAsync(cancellationToken).ConfigureAwait(false);
        var function = worker.Find(functionId) ?? throw new WorkerLostException($"The app has no function of the id {functionId} any more.");
        try
        {
            return await worker.Channel.InvokeAsync(function, request, cancellationToken).ConfigureAwait(false);
        }
        catch (FunctionFailedException failure) when (worker.Channel.IsStopping)
        {
            throw new WorkerLostException($"The host stops, and the function was told to give up: {failure.Message}");
        }
    }

    /// <summary>A worker is ready.</summary>
    public void Enter(RunningWorker worker)
    {
        lock (_lock)
        {
            Known = worker;
            _ready.TrySetResult(worker);
        }
    }

    /// <summary>The worker is gone.</summary>
    public void Leave(string reason)
    {
        RunningWorker? gone;
        lock (_lock)
        {
            gone = Current;
            if (gone is not null)
            {
                _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        gone?.Channel.Lose(reason);
    }
}
