using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Durable;

/// <summary>Takes turns, commits each in one write, and hands out what the commit put into the tables.</summary>
internal sealed class TurnRunner
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly SqliteStore _store;
    private readonly TurnProcessor _processor;
    private readonly TurnWriter _writer;
    private readonly TurnScheduler _scheduler;
    private readonly ActivityPump _activities;
    private readonly TimerPump _timers;
    private readonly InstanceWaiters _waiters;
    private readonly Func<ILoggerFactory> _loggers;
    private readonly SessionCache _sessions;
    private bool _alwaysReplay;
    private int _committing;

    public TurnRunner(
        SqliteStore store,
        TurnProcessor processor,
        TurnWriter writer,
        TurnScheduler scheduler,
        ActivityPump activities,
        TimerPump timers,
        InstanceWaiters waiters,
        Func<ILoggerFactory> loggers)
    {
        (_store, _processor, _writer, _scheduler) = (store, processor, writer, scheduler);
        (_activities, _timers, _waiters, _loggers) = (activities, timers, waiters, loggers);
        _sessions = new SessionCache(Run);
    }

    /// <summary>Sessions in memory.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>True when no commit is under way.</summary>
    public bool IsIdle => Volatile.Read(ref _committing) == 0;

    /// <summary>Wakes every instance that can take a turn.</summary>
    public void Start(DurableEngineOptions options)
    {
        _alwaysReplay = options.AlwaysReplay;
        _sessions.Capacity = options.HotInstances;
        _store.Read(DurableReads.Ready).ForEach(key => Wake(key));
    }

    /// <summary>Asks for a turn.</summary>
    public void Wake(long key, InstanceRow? newRow = null) =>
        Deliver(key, new Mail(new HistoryEvent(EventKind.Nudge), Mail.AnyExecution, MailSource.None, 0), newRow);

    /// <summary>Hands a message to an instance.</summary>
    public void Deliver(long key, Mail mail, InstanceRow? newRow = null)
    {
        if (_sessions.Deliver(key, mail, newRow) is { } ready)
            _scheduler.Schedule(ready);
    }

    private void Run(OrchestrationSession session) => _ = RunAsync(session);

    private async Task RunAsync(OrchestrationSession session)
    {
        (TurnCommit? Turn, IReadOnlyList<Mail> Discarded) taken;
        try
        {
            taken = await _processor.TakeAsync(session, () => Wake(session.Key)).ConfigureAwait(false);
        }
        catch (Exception stopped) when (stopped is ObjectDisposedException or OperationCanceledException)
        {
            // The session stays as it is, so it takes no further turn; the tables hold all of it.
            _scheduler.Release();
            return;
        }

        Interlocked.Increment(ref _committing);
        _scheduler.Release();
        await FinishAsync(session, taken.Turn, taken.Discarded).ConfigureAwait(false);
        Interlocked.Decrement(ref _committing);
    }

    private async Task FinishAsync(OrchestrationSession session, TurnCommit? turn, IReadOnlyList<Mail> discarded)
    {
        try
        {
            if (turn is not null)
                Settle(session, turn, await _store.WriteAsync(writing => _writer.Write(writing, turn)).ConfigureAwait(false));
            else if (discarded.Any(mail => mail.Source != MailSource.None))
                await _store.WriteAsync(writing => Discard(writing, session.Key, discarded)).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            return;
        }
        catch (Exception failure)
        {
            session.Unload();
            session.AddFirst((turn?.Consumed ?? discarded).Where(mail => mail.Source is not (MailSource.Inbox or MailSource.None)));
            session.AddFirst([new Mail(new HistoryEvent(EventKind.Nudge), Mail.AnyExecution, MailSource.None, 0)]);
            if (failure is not StaleMailException)
            {
                _loggers().CreateLogger<DurableEngine>().LogError(failure, "A turn of orchestration {InstanceKey} could not be written and is taken again.", session.Key);
                await Task.Delay(RetryDelay, TimeProvider.System).ConfigureAwait(false);
            }
        }

        if (session.EndTurn())
            _scheduler.Schedule(session);
        else if (session.Row is not { HasEnded: false })
            _sessions.Remove(session);
    }

    private static void Discard(SqliteSession writing, long key, IReadOnlyList<Mail> discarded)
    {
        foreach (var mail in discarded)
        {
            DurableWrites.Discard(writing, key, mail);
        }
    }

    /// <summary>Takes over in memory what is now on disk.</summary>
    private void Settle(OrchestrationSession session, TurnCommit turn, CommitReceipt receipt)
    {
        session.Row = turn.NewRow;
        session.LastTime = turn.Time;
        if (turn.ContinuesAsNew)
        {
            (session.NextTurn, session.Executor) = (0, null);
            session.AddFirst([.. turn.CarriedOver, new Mail(new HistoryEvent(EventKind.Nudge), Mail.AnyExecution, MailSource.None, 0)]);
        }
        else if (turn.History is not null)
        {
            session.NextTurn++;
        }

        if (_alwaysReplay || turn.Ends)
            session.Executor = null;
        if (receipt.Activities is { } activities)
            _activities.Enqueue(activities);
        if (receipt.Timers is { } timers)
            _timers.Add(timers);
        if (turn.CancelledTimers.Count > 0)
            _timers.Cancel(turn.CancelledTimers);
        receipt.Started?.ForEach(started => Wake(started.Key, started));
        receipt.Messages?.ForEach(message => Deliver(message.Key, message.Mail));
        if (turn.NewRow.Status != turn.Row.Status)
            _waiters.Changed(turn.Row.Id);
    }
}
