using CityBrain.Embedded.Storage;
using Microsoft.DurableTask.Protobuf;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.TaskHub;

/// <summary>
/// A task hub on a SQLite file: keeps orchestrations with their histories, timers and messages, and has a worker run their turns and
/// activities. A turn is one transaction, so nothing is lost and nothing taken twice, whenever the process ends; an activity may run again.
/// Clients may call it before <see cref="Start"/>. Safe for concurrent use.
/// </summary>
internal sealed class DurableTaskHub : IDisposable
{
    private readonly SqliteStore _store;
    private readonly TimerPump _timers;
    private readonly ActivityPump _activities;
    private readonly TurnRunner _turns;
    private readonly InstanceWaiters _waiters = new();
    private readonly WorkCounter _calls = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _closing = new();
    private bool _isStarted;

    /// <param name="store">The file; the hub makes its tables and does not close it.</param>
    /// <param name="clock">City time: of orchestrators, of timers and of what clients see.</param>
    /// <param name="options">The settings.</param>
    /// <param name="worker">Runs the functions.</param>
    /// <param name="loggers">Where the hub logs.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public DurableTaskHub(SqliteStore store, TimeProvider clock, TaskHubOptions options, ITaskHubWorker worker, ILoggerFactory loggers)
    {
        options.Validate();
        (_store, Options) = (store, options);
        store.WriteAsync(session => session.Script(HubSchema.Script)).GetAwaiter().GetResult();
        var log = loggers.CreateLogger<DurableTaskHub>();
        var writes = new HubWrites(store.Read(HubReads.LastKey), store.Read(HubReads.LastNumber));
        _timers = new TimerPump(store, clock, OnTimerDue, log);
        _activities = new ActivityPump(store, new ActivityRunner(worker, clock, options, log, _stopping.Token, _closing.Token), OnActivityEnded, log);
        var processor = new TurnProcessor(store, clock, worker, new TurnInvoker(worker, options, _stopping.Token, _closing.Token));
        _turns = new TurnRunner(store, options, processor, new TurnWriter(writes), _activities, _timers, _waiters, log, _stopping.Token);
        Messages = new HubMessages(store, clock, writes, _calls, (key, mail) => _turns.Deliver(key, mail));
        Starts = new InstanceStarts(store, clock, writes, options, _waiters, Messages, _calls, OnCreated);
        Purge = new InstancePurge(store);
    }

    /// <summary>The settings.</summary>
    public TaskHubOptions Options { get; }

    /// <summary>Starts instances.</summary>
    public InstanceStarts Starts { get; }

    /// <summary>Sends messages to instances.</summary>
    public HubMessages Messages { get; }

    /// <summary>Removes instances.</summary>
    public InstancePurge Purge { get; }

    /// <summary>When the nearest timer is due, in city time; null when there is none. It may belong to an execution that is over.</summary>
    public DateTimeOffset? NextTimerDue => _timers.NextDue is { } due ? new DateTimeOffset(due, TimeSpan.Zero) : null;

    /// <summary>
    /// True when nothing can happen before the next timer or call: no turn or activity runs, waits or is to be tried again. Work goes from
    /// calls and timers to turns, from turns to activities and back, so turns are looked at on both sides of activities.
    /// </summary>
    public bool IsIdle => _calls.IsZero && _timers.IsIdle && _turns.IsIdle && _activities.IsIdle && _turns.IsIdle && _timers.IsIdle && _calls.IsZero;

    /// <summary>Instances in memory.</summary>
    public int SessionCount => _turns.SessionCount;

    /// <summary>Bytes of history in memory.</summary>
    public long SessionBytes => _turns.SessionBytes;

    /// <summary>Timers in memory.</summary>
    public int TimerCount => _timers.Count;

    /// <summary>Begins to run what is scheduled, what a former process left behind included. The worker's functions must be known by now.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _isStarted, true))
            throw new InvalidOperationException("The task hub is started already.");
        _activities.Start(Options.MaxConcurrentActivityFunctions);
        _timers.Start();
        _turns.Start();
    }

    /// <summary>
    /// Begins no further activity, lets no further timer fire, and completes when what runs has ended and is written, or when the limit is
    /// reached; what is not done by then is done after the next start.
    /// </summary>
    /// <param name="limit">Cancelled when waiting is to end.</param>
    public async Task StopAsync(CancellationToken limit)
    {
        _timers.Stop();
        _activities.Stop();
        _stopping.Cancel();
        try
        {
            if (_isStarted)
            {
                await _activities.DrainAsync(limit).ConfigureAwait(false);
                await _turns.DrainAsync(limit).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The rest is left to the next start.
        }

        _turns.Stop();
    }

    /// <summary>Stops at once; invocations are cancelled and their results not taken.</summary>
    public void Dispose()
    {
        _turns.Stop();
        _activities.Stop();
        _timers.Dispose();
        _stopping.Cancel();
        _closing.Cancel();
    }

    /// <summary>The state of an instance, or null.</summary>
    public OrchestrationState? Find(string id, bool withPayloads) => _store.Read(session => InstanceQueries.One(session, id, withPayloads));

    /// <summary>Completes with the state of the instance as soon as it exists and is as wanted. Looks when the instance is created and when its status changes.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the hub is closed.</exception>
    public async Task<OrchestrationState> WaitForAsync(string id, bool withPayloads, Func<OrchestrationState, bool> isWanted, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        return await _waiters.WaitAsync(id, () => Find(id, withPayloads) is { } state && isWanted(state) ? state : null, ending.Token).ConfigureAwait(false);
    }

    /// <summary>One page of instances in order of id, and the token for the next one.</summary>
    public (List<OrchestrationState> Found, string? Token) Query(InstanceQuery query) => _store.Read(session => InstanceQueries.Page(session, query));

    /// <summary>One page of ids of instances that have ended, and the token for the next one.</summary>
    public (List<string> Ids, string? Token) EndedIds(ListInstanceIdsRequest request) => _store.Read(session => InstanceQueries.EndedIds(session, request));

    /// <summary>Events of the current execution; null when there is no such instance.</summary>
    public IReadOnlyList<HistoryEvent>? History(string id) => _store.Read(session =>
        HubReads.Find(session, id) is not { } found ? null : HubReads.History(session, found.Key) is { } history ? EventFrames.Parse(history.Frames) : []);

    private void OnCreated(InstanceRow created, long? startAt)
    {
        if (startAt is { } due)
            _timers.Add([new TimerEntry(due, created.Key, 0, TimerEntry.StartTaskId)]);
        else
            _turns.Begin(created);
        _waiters.Changed(created.Id);
    }

    private void OnActivityEnded(ActivityTask task, Mail ended) => _turns.Deliver(task.InstanceKey, ended);

    private void OnTimerDue(TimerEntry timer) => _turns.Deliver(timer.InstanceKey, timer.TaskId == TimerEntry.StartTaskId
        ? Mail.WakeUp with { Execution = timer.Execution, Source = MailSource.Start, Number = timer.Due, TaskId = timer.TaskId }
        : HistoryEvents.ToMail(HistoryEvents.TimerFired(timer.Due, timer.TaskId, timer.Due), timer.Execution, MailSource.Timer, timer.Due, timer.TaskId));
}
