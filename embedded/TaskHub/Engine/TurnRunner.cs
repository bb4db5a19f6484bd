using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Takes turns, commits each in one write, and hands out what the commit put into the tables.</summary>
internal sealed class TurnRunner
{
    private readonly SqliteStore _store;
    private readonly TaskHubOptions _options;
    private readonly TurnProcessor _processor;
    private readonly TurnWriter _writer;
    private readonly Handover _handover;
    private readonly ILogger _log;
    private readonly CancellationToken _stopping;
    private readonly SessionCache _sessions;
    private readonly TurnScheduler _scheduler;
    private readonly WorkCounter _scheduled = new();

    public TurnRunner(
        SqliteStore store,
        TaskHubOptions options,
        TurnProcessor processor,
        TurnWriter writer,
        ActivityPump activities,
        TimerPump timers,
        InstanceWaiters waiters,
        ILogger log,
        CancellationToken stopping)
    {
        (_store, _options, _processor, _writer, _log, _stopping) = (store, options, processor, writer, log, stopping);
        _handover = new Handover(activities, timers, waiters, Begin, (key, mail) => Deliver(key, mail));
        _sessions = new SessionCache(options.SessionsInMemory, options.SessionBytesInMemory, session => _ = RunAsync(session));
        _scheduler = new TurnScheduler(key => Add(key, Mail.WakeUp));
    }

    /// <summary>True when no instance has a turn to take and none takes one.</summary>
    public bool IsIdle => _scheduled.IsZero && _scheduler.HasNoKeys;

    /// <summary>Sessions in memory.</summary>
    public int SessionCount => _sessions.Count;

    /// <summary>Bytes of history in memory.</summary>
    public long SessionBytes => _sessions.Bytes;

    /// <summary>Wakes every instance that can take a turn, and begins.</summary>
    public void Start()
    {
        _store.Read(HubReads.Ready).ForEach(_scheduler.ScheduleKey);
        _scheduler.Start(_options.MaxConcurrentOrchestratorFunctions);
    }

    /// <summary>Completes when the turns that have been asked for are taken; those that only wait in the tables stay there.</summary>
    public Task DrainAsync(CancellationToken cancellationToken)
    {
        _scheduler.DropKeys();
        return _scheduled.WhenZeroAsync(cancellationToken);
    }

    /// <summary>Runs no further turn.</summary>
    public void Stop() => _scheduler.Stop();

    /// <summary>Lets an instance that has just been created take its first turn.</summary>
    public void Begin(InstanceRow created)
    {
        if (_scheduler.IsCrowded)
            _scheduler.ScheduleKey(created.Key);
        else
            Deliver(created.Key, Mail.WakeUp, created);
    }

    /// <summary>Hands a message to an instance.</summary>
    public void Deliver(long key, Mail mail, InstanceRow? created = null)
    {
        if (Add(key, mail, created) is { } ready)
            _scheduler.Schedule(ready);
    }

    private OrchestrationSession? Add(long key, Mail mail, InstanceRow? created = null)
    {
        var ready = _sessions.Deliver(key, mail, created);
        if (ready is not null)
            _scheduled.Enter();
        return ready;
    }

    private async Task RunAsync(OrchestrationSession session)
    {
        (TurnCommit? Turn, IReadOnlyList<Mail> Discarded) taken;
        try
        {
            taken = await _processor.TakeAsync(session).ConfigureAwait(false);
        }
        catch (Exception stopped) when (stopped is ObjectDisposedException or OperationCanceledException)
        {
            // The session stays as it is, so it takes no further turn; the tables hold all of it.
            _scheduler.Release();
            _scheduled.Exit();
            return;
        }
        catch (Exception failure)
        {
            _scheduler.Release();
            await PauseAsync(session, failure).ConfigureAwait(false);
            return;
        }

        _scheduler.Release();
        await FinishAsync(session, taken.Turn, taken.Discarded).ConfigureAwait(false);
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
            _scheduled.Exit();
            return;
        }
        catch (Exception failure)
        {
            session.Unload();
            session.AddFirst([Mail.WakeUp, .. (turn?.Consumed ?? discarded).Where(mail => mail.Source is not (MailSource.Inbox or MailSource.None))]);
            if (failure is not StaleMailException)
            {
                await PauseAsync(session, failure).ConfigureAwait(false);
                return;
            }
        }

        if (session.EndTurn())
        {
            _scheduler.Schedule(session);
            return;
        }

        if (session.Row is not { HasEnded: false })
            _sessions.Remove(session);
        _scheduled.Exit();
    }

    private static void Discard(SqliteSession writing, long key, IReadOnlyList<Mail> discarded)
    {
        foreach (var mail in discarded)
        {
            HubWrites.Consume(writing, key, mail);
        }
    }

    /// <summary>Waits, longer with each failure, and schedules the session again.</summary>
    private async Task PauseAsync(OrchestrationSession session, Exception failure)
    {
        var count = ++session.FailedTries;
        var pause = _options.RetryPause(count);
        if (failure is InvocationFailedException && session.Row is { } row)
            _log.TurnFailed(failure, row.Name, row.Id, pause, count);
        else
            _log.TurnNotTaken(failure, session.Key, pause);
        try
        {
            await Task.Delay(pause, TimeProvider.System, _stopping).ConfigureAwait(false);
            _scheduler.Schedule(session);
        }
        catch (OperationCanceledException)
        {
            _scheduled.Exit();
        }
    }

    /// <summary>Takes over in memory what is now on disk.</summary>
    private void Settle(OrchestrationSession session, TurnCommit turn, CommitReceipt receipt)
    {
        session.Row = turn.NewRow;
        session.LastTime = turn.Time;
        session.FailedTries = 0;
        if (turn.ContinuesAsNew || turn.Ends)
        {
            session.StartOver();
            if (turn.ContinuesAsNew)
                session.AddFirst([Mail.WakeUp]);
        }
        else if (turn.History is { } history)
        {
            session.NextTurn++;
            session.History.Append(history);
            session.IsHeldByWorker = true;
        }

        _sessions.Recount(session);
        _handover.Give(turn, receipt);
    }
}
