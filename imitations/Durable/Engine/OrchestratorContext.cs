using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Durable;

/// <summary>The context of one execution: collects what the orchestrator asks for and completes what it awaits.</summary>
internal sealed class OrchestratorContext(InstanceRow row, DataConverter converter, ILoggerFactory loggers, Func<bool> isOwnThread) : TaskOrchestrationContext
{
    private readonly Dictionary<int, IPendingOperation> _pending = [];
    private readonly EventInbox _events = new(converter);
    private readonly DurableTimers _timers = new();
    private List<OrchestratorAction> _actions = [];
    private int _nextId;
    private int _guids;
    private DateTime _now;
    private bool _isReplaying;

    /// <inheritdoc/>
    public override TaskName Name => row.Name;

    /// <inheritdoc/>
    public override string InstanceId => row.Id;

    /// <inheritdoc/>
    public override ParentOrchestrationInstance? Parent { get; } = row.Parent is { } parent ? new ParentOrchestrationInstance(parent.Name, parent.Id) : null;

    /// <inheritdoc/>
    public override DateTime CurrentUtcDateTime => _now;

    /// <inheritdoc/>
    public override bool IsReplaying => _isReplaying;

    /// <summary>The options of <c>ContinueAsNew</c>, once called.</summary>
    public ContinueAsNewOptions? Continuation { get; private set; }

    /// <summary>The serialized custom status.</summary>
    public string? CustomStatus { get; private set; } = row.CustomStatus;

    /// <summary>True while something durable can still wake the orchestrator.</summary>
    public bool AwaitsAnything => _pending.Count > 0 || _timers.Count > 0 || _events.HasWaiters;

    /// <summary>The timers that are awaited.</summary>
    public DurableTimers Timers => _timers;

    /// <inheritdoc/>
    protected override ILoggerFactory LoggerFactory => loggers;

    /// <summary>Sets the clock and the replay flag of the next turn.</summary>
    public void BeginTurn(long time, bool isReplaying) => (_now, _isReplaying) = (new DateTime(time, DateTimeKind.Utc), isReplaying);

    /// <summary>Takes what the orchestrator asked for since the last call.</summary>
    public IReadOnlyList<OrchestratorAction> TakeActions()
    {
        if (_actions.Count == 0)
            return [];
        var taken = _actions;
        _actions = [];
        return taken;
    }

    /// <summary>Takes the events that nobody awaited.</summary>
    public IReadOnlyList<HistoryEvent> TakeUnprocessedEvents() => _events.TakeBuffered();

    /// <summary>Lets the orchestrator see that something has happened.</summary>
    public void Apply(HistoryEvent happened)
    {
        switch (happened.Kind)
        {
            case EventKind.TaskCompleted when _pending.Remove(happened.Id, out var completed):
                completed.Complete(happened.Data, converter);
                break;
            case EventKind.TaskFailed when _pending.Remove(happened.Id, out var failed):
                failed.Fail(new TaskFailedException(failed.Name, happened.Id, Failures.Deserialize(happened.Data)));
                break;
            case EventKind.TimerFired:
                _timers.Fire(happened.Id);
                break;
            case EventKind.EventRaised:
                _events.Raise(happened);
                break;
        }
    }

    /// <inheritdoc/>
    public override T? GetInput<T>()
        where T : default => converter.Deserialize<T>(row.Input);

    /// <summary>The input as a value of a type; for a value type without input its default.</summary>
    public object? GetInput(Type type) => converter.Deserialize(row.Input, type) ?? (type.IsValueType ? Activator.CreateInstance(type) : null);

    /// <inheritdoc/>
    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        RequireOwnThread();
        RefuseOptionsAsInput(input, options);
        return options?.Retry is { } retry ? CallWithRetry(Once, retry) : Once();

        Task<TResult> Once() => Await<TResult>(new OrchestratorAction(new HistoryEvent(EventKind.TaskScheduled, _nextId++, name.Name)) { Input = converter.Serialize(input) });
    }

    /// <inheritdoc/>
    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        RequireOwnThread();
        RefuseOptionsAsInput(input, options);
        var instanceId = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        return options?.Retry is { } retry ? CallWithRetry(Once, retry) : Once();

        Task<TResult> Once() => Await<TResult>(new OrchestratorAction(new HistoryEvent(EventKind.SubOrchestrationCreated, _nextId++, orchestratorName.Name, instanceId))
        {
            Input = converter.Serialize(input),
            Tags = options?.Tags is { Count: > 0 } tags ? JsonSerializer.Serialize(tags) : null,
        });
    }

    /// <inheritdoc/>
    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        RequireOwnThread();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        var action = new OrchestratorAction(new HistoryEvent(EventKind.TimerCreated, _nextId++, Number: fireAt.ToUniversalTime().Ticks));
        _actions.Add(action);
        return _timers.Add(action, isOwnThread, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        RequireOwnThread();
        return _events.Wait<T>(eventName, isOwnThread, cancellationToken);
    }

    /// <inheritdoc/>
    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        RequireOwnThread();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        _actions.Add(new OrchestratorAction(new HistoryEvent(EventKind.EventSent, _nextId++, eventName, instanceId)) { Input = converter.Serialize(payload) });
    }

    /// <inheritdoc/>
    public override void SetCustomStatus(object? customStatus)
    {
        RequireOwnThread();
        CustomStatus = converter.Serialize(customStatus);
    }

    /// <inheritdoc/>
    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    /// <inheritdoc/>
    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        RequireOwnThread();
        ArgumentNullException.ThrowIfNull(options);
        Continuation = options;
    }

    /// <summary>A name-based identifier (RFC 9562, version 8) of instance, execution, time and a counter.</summary>
    public override Guid NewGuid()
    {
        RequireOwnThread();
        var name = string.Create(CultureInfo.InvariantCulture, $"{row.Id}_{row.Execution}_{_now.Ticks}_{_guids++}");
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static void RefuseOptionsAsInput(object? input, TaskOptions? options)
    {
        if (input is TaskOptions && options is null)
            throw new ArgumentException($"A {nameof(TaskOptions)} was given as the input; name the argument 'options' if that was meant.", nameof(input));
    }

    private void RequireOwnThread()
    {
        if (!isOwnThread())
            throw new InvalidOperationException("The orchestration context was used outside the orchestrator's thread of execution; an orchestrator must await durable tasks only.");
    }

    private Task<TResult> Await<TResult>(OrchestratorAction action)
    {
        var operation = new PendingOperation<TResult>(action.Event.Name!);
        _actions.Add(action);
        _pending.Add(action.Event.Id, operation);
        return operation.Task;
    }

    private async Task<TResult> CallWithRetry<TResult>(Func<Task<TResult>> call, TaskRetryOptions retry)
    {
        var start = _now;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failed)
            {
                if (!await MayRetry(retry, attempt, start, failed.FailureDetails))
                    throw;
            }
        }
    }

    private async Task<bool> MayRetry(TaskRetryOptions retry, int attempt, DateTime start, TaskFailureDetails failure)
    {
        if (retry.Handler is { } handler)
            return failure.ErrorType != Failures.ActivityNotFound && await handler(new RetryContext(this, attempt, failure, _now - start, CancellationToken.None));
        if (RetryDelay.Next(retry.Policy!, attempt, _now - start, failure) is not { } delay)
            return false;
        await CreateTimer(delay, CancellationToken.None);
        return true;
    }
}
