using CityBrain.Embedded.Hosting;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>
/// Keeps a worker alive: starts the app, and starts it again when it ends, after pauses that grow while it does not stay. An app that has never
/// been ready ends the host's start with the reason, for then it is its settings or its build that are wrong.
/// </summary>
internal sealed partial class WorkerSupervisor(
    WorkerLauncher launcher, WorkerDirectory workers, WorkerPool pool, WorkerLogs logs, HostLimits limits, FixedInputs inputs, HostMeter meter, ILogger<WorkerSupervisor> logger) : IDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _firstReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _keeping = Task.CompletedTask;
    private volatile bool _isStopping;

    /// <summary>Id of the app's process; null while there is none.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>Starts the app; returns when it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in three minutes; the sentence says why.</exception>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _keeping = Task.Run(KeepAsync, CancellationToken.None);
        return _firstReady.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Tells what runs to give up, waits for it, and ends the app in an orderly way; when the time is up it is killed, and its work is done again.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        if (pool.Current is { } worker)
        {
            worker.Channel.CancelAll();
            await IdleAsync(cancellationToken).ConfigureAwait(false);
            worker.Channel.Terminate(limits.Grace);
        }

        _stopping.CancelAfter(limits.Grace);
        await _keeping.WaitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Waits until no invocation runs, or until the token is cancelled.</summary>
    public async Task IdleAsync(CancellationToken cancellationToken)
    {
        while (pool.Current?.Channel.Running > 0 && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(5, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isStopping = true;
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task KeepAsync()
    {
        var pause = FirstPause;
        while (!_isStopping)
        {
            var begun = TimeProvider.System.GetTimestamp();
            var reason = await RunOnceAsync().ConfigureAwait(false);
            if (_isStopping)
            {
                return;
            }

            if (!_firstReady.Task.IsCompletedSuccessfully)
            {
                _firstReady.TrySetException(new InvalidOperationException($"The app did not start: {reason}"));
                return;
            }

            pause = TimeProvider.System.GetElapsedTime(begun) > Steady ? FirstPause : pause;
            LogLost(reason, pause.TotalSeconds);
            await Task.Delay(pause, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>One life of the app; how it ended.</summary>
    private async Task<string> RunOnceAsync()
    {
        var channel = new WorkerChannel(logs, meter);
        workers.Add(channel);
        WorkerProcess? process = null;
        try
        {
            process = launcher.Start(channel.WorkerId);
            var ended = process.EndAsync(CancellationToken.None);
            using var tooLong = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            tooLong.CancelAfter(LongestStart);
            var ready = ReadyAsync(channel, tooLong.Token);
            if (await Task.WhenAny(ready, ended).ConfigureAwait(false) == ready)
            {
                pool.Enter(await ready.ConfigureAwait(false));
                _firstReady.TrySetResult();
                process.Speak();
                ProcessId = process.Id;
                LogReady(process.Id);
                await ((Task)ended).WaitAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (!ended.IsCompleted)
            {
                process.Kill();
            }

            var reason = await ended.ConfigureAwait(false);
            channel.Lose(reason);
            pool.Leave(reason);
            await ((Task)ready).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return reason;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            process?.Kill();
            channel.Lose(failure.Message);
            pool.Leave(failure.Message);
            return failure is OperationCanceledException ? $"it was not ready within {LongestStart.TotalMinutes} minutes" : failure.Message;
        }
        finally
        {
            ProcessId = null;
            workers.Remove(channel);
            process?.Dispose();
        }
    }

    private async Task<RunningWorker> ReadyAsync(WorkerChannel channel, CancellationToken cancellationToken)
    {
        var (functions, http) = await WorkerHandshake.RunAsync(channel, launcher.AppFolder, cancellationToken).ConfigureAwait(false);
        await channel.Started.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new RunningWorker(channel, [.. functions.Select(function => function with { FixedInputs = inputs(function) })], http);
    }

    [LoggerMessage(20, LogLevel.Information, "The app is ready, in process {Id}")]
    private partial void LogReady(int id);

    [LoggerMessage(21, LogLevel.Error, "The app is gone and is started again in {Seconds:0.0} s: {Reason}")]
    private partial void LogLost(string reason, double seconds);
}
