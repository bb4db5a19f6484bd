using System.Buffers;
using CityBrain.Embedded.Storage;
using Microsoft.DurableTask.Protobuf;
using EventKind = Microsoft.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Takes one turn of one instance: reads what is cold, has the worker run the code, and says what is to be written.</summary>
internal sealed class TurnProcessor(SqliteStore store, TimeProvider clock, ITaskHubWorker worker, TurnInvoker invoker)
{
    // Id of a completion that no action of the orchestrator caused.
    private const int NoAction = -1;

    /// <summary>Runs the turn and says what is to be written, if anything, and which messages came to an instance that has ended or does not exist.</summary>
    /// <param name="session">The instance; the caller has it to itself. Its messages go back to it when the turn fails.</param>
    /// <exception cref="InvocationFailedException">The invocation failed; the turn is to be taken again.</exception>
    /// <exception cref="OperationCanceledException">The hub stops.</exception>
    public async ValueTask<(TurnCommit? Turn, IReadOnlyList<Mail> Discarded)> TakeAsync(OrchestrationSession session)
    {
        Load(session);
        var mail = session.TakeMail();
        try
        {
            if (session.Row is not { HasEnded: false } row)
                return (null, mail);
            var turn = new TurnCommit(row, session.NextTurn, Math.Max(clock.GetUtcNow().UtcTicks, session.LastTime), mail);
            var termination = Find(mail, EventKind.ExecutionTerminated);
            if (session.NextTurn == 0 && termination is not null)
            {
                End(session, turn, actions => actions.Complete(NoAction, Terminated(termination)));
                return (turn, []);
            }

            if (session.NextTurn == 0 && !row.NeedsStart && !mail.Any(item => item.Source == MailSource.Start))
            {
                // A scheduled start that is not due yet: the messages stay in the inbox.
                session.Unload();
                return (null, []);
            }

            if (session.NextTurn == 0 || mail.Any(item => item.IsFor(row.Execution)))
                await RunAsync(session, turn, termination).ConfigureAwait(false);
            return (turn.HasChanges ? turn : null, []);
        }
        catch
        {
            session.AddFirst(mail);
            throw;
        }
    }

    private static HistoryEvent? Find(IReadOnlyList<Mail> mail, EventKind kind)
    {
        for (var i = 0; i < mail.Count; i++)
        {
            if (mail[i].Kind == kind)
                return HistoryEvent.Parser.ParseFrom(mail[i].Event);
        }

        return null;
    }

    private static CompleteOrchestrationAction Terminated(HistoryEvent termination) =>
        new() { OrchestrationStatus = OrchestrationStatus.Terminated, Result = termination.ExecutionTerminated.Input };

    private void Load(OrchestrationSession session)
    {
        if (session.IsLoaded)
            return;
        var (row, inbox, history) = store.Read(reader => (
            HubReads.Instance(reader, session.Key),
            HubReads.Inbox(reader, session.Key),
            HubReads.History(reader, session.Key)));
        session.Row = row;
        session.IsLoaded = true;
        session.StartOver();
        session.AddRead(inbox);
        if (row is { HasEnded: false } && history is { } past)
        {
            session.History.Set(past.Frames);
            (session.NextTurn, session.LastTime) = (past.LastTurn + 1, past.Time);
        }
        else if (row?.Started is { } started)
        {
            session.LastTime = HubTime.ToTicks(EventFrames.ParseFirst(started).Timestamp);
        }
    }

    private async ValueTask RunAsync(OrchestrationSession session, TurnCommit turn, HistoryEvent? termination)
    {
        var row = turn.Row;
        if (!worker.HasOrchestrator(row.Name))
        {
            End(session, turn, actions => actions.Fail(NoAction, Failures.NoOrchestrator(row.Name)));
            return;
        }

        var added = NewEvents(session, turn);
        OrchestratorResponse response;
        try
        {
            response = await invoker.InvokeAsync(session, row, added.WrittenMemory).ConfigureAwait(false);
        }
        catch (InvocationFailedException) when (termination is not null)
        {
            // An orchestration whose code cannot be run can still be terminated.
            End(session, turn, actions => actions.Complete(NoAction, Terminated(termination)));
            return;
        }

        turn.NewRow = TurnState.After(turn, response.CustomStatus);
        Finish(session, turn, added.WrittenSpan, actions => actions.Apply(response.Actions));
        if (turn.NewRow.Status == OrchestrationStatus.Terminated)
            turn.ToChildren = TurnState.ForChildren(termination);
    }

    private static void End(OrchestrationSession session, TurnCommit turn, Action<TurnActions> act)
    {
        turn.NewRow = TurnState.After(turn, turn.Row.CustomStatus);
        Finish(session, turn, NewEvents(session, turn).WrittenSpan, act);
        turn.ToChildren = turn.NewRow.Status == OrchestrationStatus.Terminated ? TurnState.ForChildren(Find(turn.Consumed, EventKind.ExecutionTerminated)) : null;
    }

    /// <summary>Frames of OrchestratorStarted and of what came in.</summary>
    private static ArrayBufferWriter<byte> NewEvents(OrchestrationSession session, TurnCommit turn)
    {
        var frames = new ArrayBufferWriter<byte>();
        EventFrames.Append(frames, EventFrames.New, HistoryEvents.OrchestratorStarted(turn.Time));
        if (session.NextTurn == 0)
            frames.Write(turn.Row.Started);
        foreach (var mail in turn.Consumed)
        {
            if (mail.IsFor(turn.Row.Execution))
                EventFrames.Append(frames, EventFrames.New, mail.Event);
        }

        return frames;
    }

    private static void Finish(OrchestrationSession session, TurnCommit turn, ReadOnlySpan<byte> added, Action<TurnActions> act)
    {
        var history = new ArrayBufferWriter<byte>(added.Length + 256);
        EventFrames.AppendRetagged(history, EventFrames.Past, added);
        act(new TurnActions(turn, history, () => turn.Row.Started is { } started ? EventFrames.ParseStart(started) : EventFrames.ParseSecond(session.History.Frames)));
        EventFrames.Append(history, EventFrames.Past, HistoryEvents.OrchestratorCompleted(turn.Time));
        turn.History = history.WrittenSpan.ToArray();
    }
}
