using System.Text.Json;
using CityBrain.Embedded.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityBrain.Embedded.Durable;

/// <summary>
/// Durable Functions on the platform's SQLite file: event-sourced orchestrations, activities at least once, timers on the city's clock.
/// Register functions, then <see cref="Start"/>. Found by <c>platform.Service(p => new DurableEngine(p))</c>. Safe for concurrent use.
/// </summary>
public sealed class DurableEngine : IDisposable
{
    private static readonly TimeSpan StopPollInterval = TimeSpan.FromMilliseconds(5);

    private readonly FunctionTable _functions = new();
    private readonly ActivityPump _activities;
    private readonly TimerPump _timers;
    private readonly TurnScheduler _scheduler = new();
    private readonly TurnRunner _turns;
    private bool _isStarted;
    private volatile bool _isStopping;

    /// <param name="platform">The platform; the engine uses its store and clock.</param>
    public DurableEngine(EmbeddedPlatform platform)
    {
        ArgumentNullException.ThrowIfNull(platform);
        Store = platform.Store;
        Clock = platform.Clock;
        Store.WriteAsync(session => session.Script(DurableSchema.Script)).GetAwaiter().GetResult();
        Writes = new DurableWrites(Store.Read(DurableReads.LastNumber));
        _activities = new ActivityPump(Store, _functions, () => Converter, OnActivityEnded);
        _timers = new TimerPump(Store, Clock, OnTimerDue);
        var processor = new TurnProcessor(Store, Clock, _functions, () => Converter, () => Loggers, () => _isStopping);
        _turns = new TurnRunner(Store, processor, new TurnWriter(Writes), _scheduler, _activities, _timers, Waiters, () => Loggers);
        Client = new EmbeddedDurableTaskClient(this);
    }

    /// <summary>Starts, queries and steers orchestrations.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>
    /// Writes and reads inputs, results, payloads and statuses: System.Text.Json with its defaults, property names without case when read,
    /// as in the Functions worker. Set it before <see cref="Start"/> only.
    /// </summary>
    public DataConverter Converter { get; set; } = new JsonDataConverter(new JsonSerializerOptions { PropertyNameCaseInsensitive = true });

    /// <summary>Where the engine and the orchestrators' replay-safe loggers write.</summary>
    public ILoggerFactory Loggers { get; set; } = NullLoggerFactory.Instance;

    internal SqliteStore Store { get; }

    internal EmbeddedClock Clock { get; }

    internal DurableWrites Writes { get; }

    internal InstanceWaiters Waiters { get; } = new();

    /// <summary>Orchestrations in memory.</summary>
    internal int SessionCount => _turns.SessionCount;

    /// <summary>Timers in memory.</summary>
    internal int TimerCount => _timers.Count;

    /// <summary>Registers an orchestrator, before <see cref="Start"/>. Its code must stay on the synchronization context on which it is called.</summary>
    /// <exception cref="ArgumentException">The name is taken; names are compared without case.</exception>
    public void AddOrchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> orchestrator) => _functions.Add(name, orchestrator);

    /// <summary>Registers an activity, before <see cref="Start"/>.</summary>
    /// <exception cref="ArgumentException">The name is taken; names are compared without case.</exception>
    public void AddActivity(string name, ActivityFunction activity) => _functions.Add(name, activity);

    /// <summary>Begins to run what is scheduled, what a former process left behind included.</summary>
    public void Start(DurableEngineOptions? options = null)
    {
        options ??= new DurableEngineOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxConcurrentActivityFunctions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxConcurrentOrchestratorFunctions);
        if (Interlocked.Exchange(ref _isStarted, true))
            throw new InvalidOperationException("The durable engine is already started.");
        _activities.Start(options.MaxConcurrentActivityFunctions);
        _turns.Start(options);
        _timers.Start();
        _scheduler.Start(options.MaxConcurrentOrchestratorFunctions);
    }

    /// <summary>
    /// Begins no further activity and lets no further timer fire, and completes when the activities that run have ended and their results are
    /// written. The tables keep the rest for the next start.
    /// </summary>
    /// <param name="cancellationToken">When cancelled, waiting is over.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        _timers.Stop();
        _activities.Stop();
        while (_isStarted && !(_activities.IsIdle && _scheduler.IsIdle && _turns.IsIdle))
        {
            await Task.Delay(StopPollInterval, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }

        _scheduler.Stop();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isStopping = true;
        _scheduler.Stop();
        _timers.Dispose();
        _activities.Dispose();
    }

    /// <summary>Lets an instance take a turn that has just been created.</summary>
    internal void Begin(InstanceRow created, long? startAt)
    {
        if (startAt is { } due)
            _timers.Add([new TimerEntry(due, created.Key, 0, TimerEntry.StartTaskId)]);
        else
            _turns.Wake(created.Key, created);
    }

    /// <summary>Hands a committed message to its instance.</summary>
    internal void Deliver(long key, Mail mail) => _turns.Deliver(key, mail);

    private void OnActivityEnded(ActivityTask task, HistoryEvent ended) =>
        Deliver(task.InstanceKey, new Mail(ended, task.Execution, MailSource.Task, task.Number));

    private void OnTimerDue(TimerEntry timer)
    {
        var content = timer.TaskId == TimerEntry.StartTaskId ? new HistoryEvent(EventKind.Start) : new HistoryEvent(EventKind.TimerFired, timer.TaskId);
        Deliver(timer.InstanceKey, new Mail(content, timer.Execution, MailSource.Timer, timer.Due));
    }
}
