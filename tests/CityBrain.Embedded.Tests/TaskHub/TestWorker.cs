using System.Text.Json;
using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.TaskHub;
using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using P = Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.Tests.TaskHub;

/// <summary>The official replay engine in process, with activities as delegates. Counts what it runs, and can be lost and come back.</summary>
internal sealed class TestWorker : ITaskHubWorker, IFunctions, IDisposable
{
    private readonly Dictionary<string, ITaskOrchestrator> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<string?, Task<ActivityResult>>> _activities = new(StringComparer.OrdinalIgnoreCase);
    private ExtendedSessionsCache _sessions = new();
    private TaskCompletionSource _ready = Completed();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(int Count, TaskCompletionSource Wait)> _waits = [];
    private int _turns;

    /// <summary>Runs before each turn with its request; may throw what a worker throws.</summary>
    public Action<P.OrchestratorRequest> BeforeTurn { get; set; } = _ => { };

    /// <summary>Runs after each turn, before the hub has the answer.</summary>
    public Action<P.OrchestratorResponse> AfterTurn { get; set; } = _ => { };

    /// <summary>Turns that were run.</summary>
    public int Turns => Volatile.Read(ref _turns);

    public void Orchestrator<TIn, TOut>(string name, Func<TaskOrchestrationContext, TIn, Task<TOut>> code) => _orchestrators[name] = FuncTaskOrchestrator.Create(code);

    public void Activity<TIn, TOut>(string name, Func<TIn, Task<TOut>> code) => _activities[name] = async input =>
    {
        var value = input is null ? default : JsonSerializer.Deserialize<TIn>(input, JsonSerializerOptions.Web);
        return await code(value!) switch
        {
            null => ActivityResult.None,
            string text => ActivityResult.FromText(text),
            byte[] bytes => ActivityResult.FromBytes(bytes),
            var other => new ActivityResult(JsonSerializer.Serialize(other, JsonSerializerOptions.Web)),
        };
    };

    /// <summary>From now on invocations find no worker, until <see cref="ComeBack"/>.</summary>
    public void GoAway()
    {
        _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gone.TrySetResult();
    }

    /// <summary>Completes when the worker has gone away.</summary>
    public Task Gone => _gone.Task;

    /// <summary>Completes when so many turns have been run.</summary>
    public Task WhenTurns(int count)
    {
        lock (_waits)
        {
            var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Turns >= count)
                wait.SetResult();
            else
                _waits.Add((count, wait));
            return wait.Task;
        }
    }

    /// <summary>Forgets what extended sessions keep, as a new process of the worker has.</summary>
    public void ForgetSessions() => _sessions = new ExtendedSessionsCache();

    public void ComeBack() => _ready.TrySetResult();

    public bool HasOrchestrator(string name) => _orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => _activities.ContainsKey(name);

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    public Task<P.OrchestratorResponse> RunTurnAsync(string orchestrator, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        ThrowIfLost();
        BeforeTurn(P.OrchestratorRequest.Parser.ParseFrom(request.Span));
        var encoded = GrpcOrchestrationRunner.LoadAndRun(Convert.ToBase64String(request.Span), _orchestrators[orchestrator], _sessions);
        CountTurn();
        var response = P.OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(encoded));
        AfterTurn(response);
        return Task.FromResult(response);
    }

    public async Task<ActivityResult> RunActivityAsync(string activity, string instanceId, string? input, CancellationToken cancellationToken)
    {
        ThrowIfLost();
        try
        {
            return await _activities[activity](input).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or WorkerLostException))
        {
            // As the official worker does: the details are JSON in the message.
            throw new InvocationFailedException(JsonFormatter.Default.Format(ToDetails(failure)), "DurableSerializationException");
        }
    }

    public void Dispose() => _sessions.Dispose();

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private static P.TaskFailureDetails ToDetails(Exception failure) => new()
    {
        ErrorType = failure.GetType().FullName,
        ErrorMessage = failure.Message,
        StackTrace = failure.StackTrace,
        InnerFailure = failure.InnerException is { } inner ? ToDetails(inner) : null,
    };

    private void CountTurn()
    {
        lock (_waits)
        {
            _turns++;
            _waits.FindAll(wait => wait.Count <= _turns).ForEach(wait => wait.Wait.TrySetResult());
            _waits.RemoveAll(wait => wait.Count <= _turns);
        }
    }

    private void ThrowIfLost()
    {
        if (!_ready.Task.IsCompleted)
            throw new WorkerLostException("The worker went away.");
    }
}
