using System.Collections.Concurrent;
using System.Threading.Channels;
using CityBrain.Embedded.Functions.Rpc;
using CityBrain.Embedded.Hosting;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>The conversation with one worker process: what is asked of it, and what it answers. Safe for concurrent use.</summary>
/// <param name="logs">Takes what the worker logs.</param>
/// <param name="meter">Counts invocations.</param>
internal sealed class WorkerChannel(WorkerLogs logs, HostMeter meter)
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResponse>> _invocations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<StreamingMessage.ContentOneofCase, TaskCompletionSource<StreamingMessage>> _answers = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StatusResult>> _loads = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Identifies the worker on its stream.</summary>
    public string WorkerId { get; } = Guid.NewGuid().ToString();

    /// <summary>Completes when the worker has opened its stream.</summary>
    public Task Connected => _connected.Task;

    /// <summary>Completes when every hosted service of the app has started.</summary>
    public Task Started => _started.Task;

    /// <summary>Invocations under way.</summary>
    public int Running => _invocations.Count;

    /// <summary>The app says that it has started.</summary>
    public void SetStarted() => _started.TrySetResult();

    /// <summary>Carries the messages of the worker's stream until it ends.</summary>
    public async Task CarryAsync(IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, CancellationToken cancellationToken)
    {
        _connected.TrySetResult();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(outgoing, stop.Token);
        try
        {
            while (await incoming.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                Take(incoming.Current);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs a function once.</summary>
    /// <param name="function">The function.</param>
    /// <param name="request">What it is given; id, function and trace context are filled in.</param>
    /// <param name="cancellationToken">Tells the function to give up; its answer is waited for all the same.</param>
    /// <exception cref="FunctionFailedException">It failed, or gave up.</exception>
    /// <exception cref="WorkerLostException">The worker ended first.</exception>
    public async Task<InvocationResponse> InvokeAsync(WorkerFunction function, InvocationRequest request, CancellationToken cancellationToken)
    {
        if (request.InvocationId.Length == 0)
        {
            request.InvocationId = Guid.NewGuid().ToString();
        }

        request.FunctionId = function.Id;
        request.TraceContext ??= new();
        request.InputData.Add(function.FixedInputs);
        var answer = new TaskCompletionSource<InvocationResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        _invocations[request.InvocationId] = answer;
        meter.Invoked(function.Trigger.Type);
        try
        {
            Post(new() { InvocationRequest = request });
            if (_lost.Task.IsCompleted)
            {
                throw new WorkerLostException(await _lost.Task.ConfigureAwait(false));
            }

            using var cancelling = cancellationToken.Register(() => Post(new() { InvocationCancel = new() { InvocationId = request.InvocationId } }));
            return Check(function, await answer.Task.ConfigureAwait(false));
        }
        finally
        {
            _invocations.TryRemove(request.InvocationId, out _);
        }
    }

    /// <summary>Asks the worker something, and waits for its answer.</summary>
    /// <exception cref="WorkerLostException">The worker ended first.</exception>
    public async Task<StreamingMessage> AskAsync(StreamingMessage question, StreamingMessage.ContentOneofCase answer, CancellationToken cancellationToken)
    {
        var waiting = _answers[answer] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(question);
        return await waiting.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has the worker load a function.</summary>
    /// <exception cref="WorkerLostException">The worker ended first.</exception>
    public async Task<StatusResult> LoadAsync(WorkerFunction function, CancellationToken cancellationToken)
    {
        var loaded = _loads[function.Id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new() { FunctionLoadRequest = new() { FunctionId = function.Id, Metadata = function.Metadata } });
        return await loaded.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True when the host stops: what fails now was told to give up.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>The host stops: asks every invocation under way to give up.</summary>
    public void CancelAll()
    {
        IsStopping = true;
        foreach (var id in _invocations.Keys)
        {
            Post(new() { InvocationCancel = new() { InvocationId = id } });
        }
    }

    /// <summary>Asks the worker to end in an orderly way.</summary>
    public void Terminate(TimeSpan grace) => Post(new() { WorkerTerminate = new() { GracePeriod = Duration.FromTimeSpan(grace) } });

    /// <summary>The worker has ended: whoever waits for an answer learns it.</summary>
    public void Lose(string reason)
    {
        _lost.TrySetResult(reason);
        Fail(_connected.TrySetException, _connected.Task);
        Fail(_started.TrySetException, _started.Task);
        foreach (var waiting in _invocations.Values)
        {
            Fail(waiting.TrySetException, waiting.Task);
        }

        foreach (var waiting in _answers.Values)
        {
            Fail(waiting.TrySetException, waiting.Task);
        }

        foreach (var waiting in _loads.Values)
        {
            Fail(waiting.TrySetException, waiting.Task);
        }

        // Reading the exception marks it as seen: nobody need be waiting.
        void Fail(Func<Exception, bool> fail, Task task) => _ = fail(new WorkerLostException(reason)) ? task.Exception : null;
    }

    private static InvocationResponse Check(WorkerFunction function, InvocationResponse response) => response.Result.Status == StatusResult.Types.Status.Success
        ? response
        : throw new FunctionFailedException(
            function.Name,
            response.Result.Exception?.Message is { Length: > 0 } message ? message : response.Result.Result,
            response.Result.Exception?.Type is { Length: > 0 } type ? type : null,
            response.Result.Exception?.StackTrace is { Length: > 0 } stack ? stack : null);

    private void Post(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    /// <summary>Writes what is posted; while more waits, the transport may gather it into one packet.</summary>
    private async Task SendAsync(IServerStreamWriter<StreamingMessage> stream, CancellationToken cancellationToken)
    {
        var (gather, flush) = (new WriteOptions(WriteFlags.BufferHint), new WriteOptions());
        await foreach (var message in _outgoing.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            stream.WriteOptions = _outgoing.Reader.TryPeek(out _) ? gather : flush;
            await stream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Take(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.InvocationResponse:
                if (_invocations.TryGetValue(message.InvocationResponse.InvocationId, out var invocation))
                {
                    invocation.TrySetResult(message.InvocationResponse);
                }

                break;
            case StreamingMessage.ContentOneofCase.RpcLog:
                logs.Take(message.RpcLog);
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse:
                if (_loads.TryGetValue(message.FunctionLoadResponse.FunctionId, out var load))
                {
                    load.TrySetResult(message.FunctionLoadResponse.Result);
                }

                break;
            default:
                if (_answers.TryGetValue(message.ContentCase, out var answer))
                {
                    answer.TrySetResult(message);
                }

                break;
        }
    }
}
