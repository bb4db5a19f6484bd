using CityBrain.Embedded.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Durable;

/// <summary>Takes one turn of one instance: reads what is cold, runs the code, and says what is to be written.</summary>
internal sealed class TurnProcessor(
    SqliteStore store,
    TimeProvider clock,
    FunctionTable functions,
    Func<DataConverter> converter,
    Func<ILoggerFactory> loggers,
    Func<bool> isStopping)
{
    /// <summary>Runs the turn and says what is to be written, if anything, and which messages came to an instance that has ended or does not exist.</summary>
    /// <param name="session">The instance; the caller has it to itself.</param>
    /// <param name="wake">Asks for another turn, from any thread.</param>
    /// <exception cref="OperationCanceledException">The host stops and refuses to run the orchestrator; the turn is taken after the next start.</exception>
    public async ValueTask<(TurnCommit? Turn, IReadOnlyList<Mail> Discarded)> TakeAsync(OrchestrationSession session, Action wake)
    {
        Load(session);
        var mail = session.TakeMail();
        if (session.Row is not { HasEnded: false } row)
            return (null, mail);

        var turn = new TurnCommit
        {
            Row = row,
            NewRow = row,
            TurnNumber = session.NextTurn,
            Time = Math.Max(clock.GetUtcNow().UtcTicks, session.LastTime),
            Consumed = [.. mail.Where(item => item.Source != MailSource.None)],
        };
        if (Termination(mail) is { } termination)
        {
            Terminate(session, turn, termination);
            return (turn, []);
        }

        if (session.NextTurn == 0 && !row.NeedsStart && !mail.Any(item => item.Event.Kind == EventKind.Start))
        {
            // A delayed start that is not due yet: the messages stay in the inbox.
            session.Unload();
            return (null, []);
        }

        await RunAsync(session, turn, [.. mail.Where(item => IsForCode(item, row)).Select(item => item.Event)], wake).ConfigureAwait(false);
        return (turn.History is null && turn.Consumed.Count == 0 && !turn.ChangesRow ? null : turn, []);
    }

    private static bool IsForCode(Mail mail, InstanceRow row) =>
        mail.Event.Kind is not (EventKind.Start or EventKind.Nudge) && (mail.Execution == Mail.AnyExecution || mail.Execution == row.Execution);

    private static HistoryEvent? Termination(IReadOnlyList<Mail> mail)
    {
        for (var i = 0; i < mail.Count; i++)
        {
            if (mail[i].Event.Kind is EventKind.Terminated or EventKind.TerminatedWithChildren)
                return mail[i].Event;
        }

        return null;
    }

    private static void Terminate(OrchestrationSession session, TurnCommit turn, HistoryEvent termination)
    {
        turn.NewRow = turn.Row with { Status = OrchestrationRuntimeStatus.Terminated, NeedsStart = false };
        turn.Output = termination.Data;
        turn.TerminateChildren = termination.Kind == EventKind.TerminatedWithChildren;
        if (session.Executor is { } executor)
            turn.CancelledTimers = Entries(turn.Row, executor.Context.Timers.Open);
    }

    private static TimerEntry[] Entries(InstanceRow row, IEnumerable<(int Id, long Due)> timers) =>
        [.. timers.Select(timer => new TimerEntry(timer.Due, row.Key, row.Execution, timer.Id))];

    private void Load(OrchestrationSession session)
    {
        if (session.IsLoaded)
            return;
        var (row, inbox) = store.Read(reader => (DurableReads.Instance(reader, session.Key), DurableReads.Inbox(reader, session.Key)));
        session.Row = row;
        session.IsLoaded = true;
        session.AddRead(inbox);
        if (row is { HasEnded: false })
        {
            var last = store.Read(reader => DurableReads.LastTurn(reader, session.Key));
            (session.NextTurn, session.LastTime) = last is { } known ? (known.Number + 1, known.Time) : (0, session.LastTime);
        }
    }

    private async ValueTask RunAsync(OrchestrationSession session, TurnCommit turn, HistoryEvent[] inbound, Action wake)
    {
        try
        {
            if (inbound.Length == 0 && session.NextTurn > 0 && session.Executor is not { HasEnded: true })
                return;
            var executor = session.Executor ??= Revive(session, turn.Row, wake);
            executor.RunTurn(turn.Time, inbound, isReplaying: false);
            if (executor.IsUndecided)
                await executor.SettleAsync().ConfigureAwait(false);
            turn.Actions = executor.Context.TakeActions();
            turn.History = TurnCodec.Pack(inbound, [.. turn.Actions.Select(action => action.Event)]);
            turn.CancelledTimers = CancelledEarlier(turn, executor);
            turn.NewRow = Advance(turn.Row, executor);
            if (executor.HasEnded)
                End(turn, executor);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !isStopping())
        {
            turn.History ??= TurnCodec.Pack(inbound, []);
            Fail(turn, failure);
        }
    }

    private OrchestrationExecutor Revive(OrchestrationSession session, InstanceRow row, Action wake)
    {
        var orchestrator = functions.FindOrchestrator(row.Name) ?? throw new InvalidOperationException(
            $"No function implements the orchestrator '{row.Name}'; check the name given to the client or to CallSubOrchestratorAsync.");
        var executor = new OrchestrationExecutor(row, orchestrator, converter(), loggers(), wake);
        if (session.NextTurn > 0)
            executor.Replay(store.Read(reader => DurableReads.History(reader, row.Key)));
        return executor;
    }

    private static TimerEntry[] CancelledEarlier(TurnCommit turn, OrchestrationExecutor executor)
    {
        var cancelled = executor.Context.Timers.TakeCancelled();
        return cancelled.Count == 0 ? [] : Entries(turn.Row, cancelled.Where(timer => !turn.Actions.Any(action => action.Event.Id == timer.Id)));
    }

    private static InstanceRow Advance(InstanceRow row, OrchestrationExecutor executor)
    {
        var status = executor.IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running;
        return status == row.Status && !row.NeedsStart && executor.Context.CustomStatus == row.CustomStatus
            ? row
            : row with { Status = status, NeedsStart = false, CustomStatus = executor.Context.CustomStatus };
    }

    private void End(TurnCommit turn, OrchestrationExecutor executor)
    {
        var output = executor.GetOutput();
        turn.CancelledTimers = [.. turn.CancelledTimers, .. Entries(turn.Row, executor.Context.Timers.Open.Where(timer => !turn.Actions.Any(action => action.Event.Id == timer.Id)))];
        if (executor.Context.Continuation is not { } continuation)
        {
            turn.Output = converter().Serialize(output);
            turn.NewRow = turn.NewRow with { Status = OrchestrationRuntimeStatus.Completed };
            return;
        }

        turn.NewRow = turn.NewRow with
        {
            Status = OrchestrationRuntimeStatus.Running,
            Execution = turn.Row.Execution + 1,
            NeedsStart = true,
            Input = converter().Serialize(continuation.NewInput),
        };
        if (continuation.PreserveUnprocessedEvents)
            turn.CarriedOver = [.. executor.TakeUnprocessedEvents().Select(raised => new Mail(raised, Mail.AnyExecution, MailSource.Inbox, raised.Number))];
    }

    private static void Fail(TurnCommit turn, Exception failure)
    {
        turn.Failure = Failures.Serialize(failure);
        turn.NewRow = turn.NewRow with { Status = OrchestrationRuntimeStatus.Failed, Execution = turn.Row.Execution, NeedsStart = false };
    }
}
