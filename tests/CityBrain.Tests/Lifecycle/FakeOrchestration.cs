using CityBrain.Cases;
using CityBrain.Lifecycle;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityBrain.Tests.Lifecycle;

/// <summary>
/// Runs <see cref="CaseLifecycle"/> by hand: a test says what each step answers and when a clock runs out or an event comes. Everything runs on
/// the thread of the test, so that after each move the orchestrator has gone as far as it can.
/// </summary>
internal sealed class FakeOrchestration : TaskOrchestrationContext
{
    private readonly Func<string, LifecyclePlan> _answer;
    private readonly Queue<int> _events = new();
    private (TaskCompletionSource<int> Task, CancellationToken Token)? _waiting;
    private TaskCompletionSource? _timer;

    private FakeOrchestration(Func<string, LifecyclePlan> answer) => _answer = answer;

    public Task Run { get; private set; } = Task.CompletedTask;

    /// <summary>The activities that were called, in order.</summary>
    public List<string> Steps { get; } = [];

    public List<TaskOptions?> Options { get; } = [];

    /// <summary>Instant of the timer that runs; null when none does.</summary>
    public DateTime? WakeAt { get; private set; }

    public object? ContinuedWith { get; private set; }

    public override TaskName Name => nameof(CaseLifecycle);

    public override string InstanceId { get; } = CaseKeys.CaseId("hotline", "1");

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => SmallTown.Morning.UtcDateTime;

    public override bool IsReplaying => false;

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public static FakeOrchestration Start(Func<string, LifecyclePlan> answer)
    {
        var orchestration = new FakeOrchestration(answer);
        orchestration.Run = CaseLifecycle.RunAsync(orchestration, orchestration.InstanceId);
        return orchestration;
    }

    /// <summary>The clock runs out.</summary>
    public void Elapse()
    {
        WakeAt = null;
        _timer!.SetResult();
    }

    /// <summary>News of a version comes.</summary>
    public void Raise(int version)
    {
        if (_waiting is { } waiting && !waiting.Token.IsCancellationRequested)
        {
            _waiting = null;
            waiting.Task.SetResult(version);
        }
        else
        {
            _events.Enqueue(version);
        }
    }

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Assert.Equal(InstanceId, input);
        Steps.Add(name.Name);
        Options.Add(options);
        return Task.FromResult((TResult)(object)_answer(name.Name));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var timer = _timer = new TaskCompletionSource();
        WakeAt = fireAt;
        cancellationToken.Register(() => WakeAt = timer.TrySetCanceled() ? null : WakeAt);
        return timer.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        Assert.Equal(CaseNews.CaseChanged, eventName);
        if (_events.TryDequeue(out var version))
        {
            return Task.FromResult((T)(object)version);
        }

        var waiting = new TaskCompletionSource<int>();
        _waiting = (waiting, cancellationToken);
        cancellationToken.Register(() => waiting.TrySetCanceled());
        return (Task<T>)(object)waiting.Task;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        Assert.True(preserveUnprocessedEvents);
        ContinuedWith = newInput;
    }

    public override T? GetInput<T>()
        where T : default => throw new NotSupportedException();

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();
}
