using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Durable;

/// <summary>Runs the code of one execution turn by turn, live or from history. Used by one thread at a time.</summary>
internal sealed class OrchestrationExecutor
{
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(5);

    private readonly Func<TaskOrchestrationContext, Task<object?>> _orchestrator;
    private readonly OrchestratorSynchronizationContext _thread;
    private readonly Action _onLeftTurn;
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;
    private List<HistoryEvent>? _held;
    private Task<object?>? _root;
    private volatile bool _hasLeftThread;
    private volatile bool _isInTurn;

    /// <param name="row">The instance.</param>
    /// <param name="orchestrator">Its code.</param>
    /// <param name="converter">Reads and writes inputs, results and payloads.</param>
    /// <param name="loggers">Where replay-safe loggers write.</param>
    /// <param name="onLeftTurn">Called, from any thread, when the code moves on outside a turn.</param>
    public OrchestrationExecutor(
        InstanceRow row,
        Func<TaskOrchestrationContext, Task<object?>> orchestrator,
        DataConverter converter,
        ILoggerFactory loggers,
        Action onLeftTurn)
    {
        (_orchestrator, _name, _onLeftTurn) = (orchestrator, row.Name, onLeftTurn);
        _thread = new OrchestratorSynchronizationContext(OnForeignContinuation);
        Context = new OrchestratorContext(row, converter, loggers, IsOwnThread);
    }

    /// <summary>What the code sees.</summary>
    public OrchestratorContext Context { get; }

    /// <summary>True between a suspension and its resumption.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>True when the code has ended or can never go on.</summary>
    public bool HasEnded => _hasLeftThread || _root is { IsCompleted: true };

    /// <summary>
    /// True after a turn when nothing durable is awaited and the code has not ended: either its result is still on the way through the host,
    /// or it waits for something that is not durable.
    /// </summary>
    public bool IsUndecided => !HasEnded && !IsSuspended && !Context.AwaitsAnything;

    /// <summary>Runs the turns of a history and compares what the code asks for with what history has.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">They differ.</exception>
    public void Replay(IReadOnlyList<Turn> history)
    {
        for (var number = 0; number < history.Count; number++)
        {
            var turn = history[number];
            RunTurn(turn.Time, turn.Inbound, isReplaying: true);
            var asked = Context.TakeActions();
            Context.Timers.TakeCancelled();
            for (var step = 0; step < Math.Max(asked.Count, turn.Outbound.Count); step++)
            {
                var recorded = step < turn.Outbound.Count ? turn.Outbound[step] : null;
                var now = step < asked.Count ? asked[step].Event : null;
                if (now is null || recorded is null || !OrchestratorAction.Matches(now, recorded))
                    throw NonDeterministicOrchestrationException.At(_name, number, step, recorded, now);
            }
        }
    }

    /// <summary>Runs one turn: begins the code at the first, then lets it see each event.</summary>
    public void RunTurn(long time, IReadOnlyList<HistoryEvent> inbound, bool isReplaying)
    {
        Context.BeginTurn(time, isReplaying);
        _isInTurn = true;
        if (_root is null)
            _thread.Run(static executor => executor.Begin(), this);
        for (var i = 0; i < inbound.Count; i++)
        {
            _thread.Run(static at => at.Executor.Process(at.Event), (Executor: this, Event: inbound[i]));
        }

        _isInTurn = false;
    }

    /// <summary>Waits until an undecided turn is decided.</summary>
    public async Task SettleAsync()
    {
        try
        {
            await _left.Task.WaitAsync(SettleTime, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _hasLeftThread = true;
        }
    }

    /// <summary>The output of code that has ended.</summary>
    /// <exception cref="Exception">Whatever the code threw.</exception>
    public object? GetOutput() => _hasLeftThread
        ? throw new InvalidOperationException(
            $"Orchestrator '{_name}' awaited a task that is not durable. An orchestrator may await only what its context gives it: activities, sub-orchestrations, timers and events; "
            + "put other work into an activity, and do not use Task.Delay, Task.Run, I/O or ConfigureAwait(false).")
        : _root!.GetAwaiter().GetResult();

    /// <summary>Takes the events that the code did not see or await.</summary>
    public IEnumerable<HistoryEvent> TakeUnprocessedEvents() =>
        Context.TakeUnprocessedEvents().Concat(_held?.Where(held => held.Kind == EventKind.EventRaised) ?? []);

    private void Begin()
    {
        try
        {
            _root = _orchestrator(Context);
        }
        catch (Exception failure)
        {
            _root = Task.FromException<object?>(failure);
        }

        if (!_root.IsCompleted)
            _root.ContinueWith(static (_, state) => ((OrchestrationExecutor)state!).OnRootEnded(), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Process(HistoryEvent happened)
    {
        switch (happened.Kind)
        {
            case EventKind.Suspended:
                IsSuspended = true;
                break;
            case EventKind.Resumed:
                IsSuspended = false;
                var held = _held ?? [];
                _held = null;
                held.ForEach(Context.Apply);
                break;
            case var _ when IsSuspended:
                (_held ??= []).Add(happened);
                break;
            default:
                Context.Apply(happened);
                break;
        }
    }

    private bool IsOwnThread()
    {
        if (_thread.IsCurrentThread)
            return true;
        OnForeignContinuation();
        return false;
    }

    private void OnForeignContinuation()
    {
        _hasLeftThread = true;
        _left.TrySetResult();
        _onLeftTurn();
    }

    private void OnRootEnded()
    {
        _left.TrySetResult();
        if (!_isInTurn)
            _onLeftTurn();
    }
}
