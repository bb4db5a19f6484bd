using CityBrain.Embedded.Storage;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Durable;

/// <summary>Writes a turn: state, history, outgoing messages and the removal of what it consumed, in one transaction.</summary>
internal sealed class TurnWriter(DurableWrites writes)
{
    /// <summary>Writes the turn.</summary>
    /// <exception cref="StaleMailException">A message of the turn was consumed before; nothing is written.</exception>
    public CommitReceipt Write(SqliteSession session, TurnCommit turn)
    {
        var receipt = new CommitReceipt();
        for (var i = 0; i < turn.Consumed.Count; i++)
        {
            DurableWrites.Consume(session, turn.Row.Key, turn.Consumed[i]);
        }

        if (turn.ContinuesAsNew)
            session.Execute("DELETE FROM durable_history WHERE instance_key = ?1", turn.Row.Key);
        else if (turn.History is { } history)
            session.Execute("INSERT INTO durable_history VALUES (?1, ?2, ?3, ?4)", turn.Row.Key, (long)turn.TurnNumber, turn.Time, history);
        for (var i = 0; i < turn.Actions.Count; i++)
        {
            WriteAction(session, turn, turn.Actions[i], receipt);
        }

        foreach (var timer in turn.CancelledTimers)
        {
            DurableWrites.Remove(session, timer);
        }

        foreach (var mail in turn.CarriedOver)
        {
            DurableWrites.Keep(session, turn.Row.Key, mail);
        }

        if (turn.ChangesRow)
            WriteRow(session, turn);
        if (turn.Ends)
            WriteEnd(session, turn, receipt);
        return receipt;
    }

    private static void WriteRow(SqliteSession session, TurnCommit turn)
    {
        var row = turn.NewRow;
        session.Execute(
            "UPDATE durable_instance SET status = ?2, execution = ?3, needs_start = ?4, updated = ?5, input = ?6, custom_status = ?7, output = ?8, failure = ?9 WHERE key = ?1",
            row.Key,
            (long)row.Status,
            (long)row.Execution,
            row.NeedsStart ? 1L : 0L,
            turn.Time,
            row.Input,
            row.CustomStatus,
            turn.Output,
            turn.Failure);
    }

    private void WriteAction(SqliteSession session, TurnCommit turn, OrchestratorAction action, CommitReceipt receipt)
    {
        switch (action.Event.Kind)
        {
            case EventKind.TaskScheduled:
                receipt.Add(writes.Add(session, turn.Row, action));
                break;
            case EventKind.TimerCreated when !action.IsCancelled && !turn.ContinuesAsNew && !turn.Ends:
                var timer = new TimerEntry(action.Event.Number, turn.Row.Key, turn.Row.Execution, action.Event.Id);
                DurableWrites.Add(session, timer);
                receipt.Add(timer);
                break;
            case EventKind.SubOrchestrationCreated:
                WriteSubOrchestration(session, turn, action, receipt);
                break;
            case EventKind.EventSent when writes.SendTo(session, action.Event.Data!, new HistoryEvent(EventKind.EventRaised, Name: action.Event.Name, Data: action.Input)) is { } sent:
                receipt.Add(sent.Key, sent.Mail);
                break;
        }
    }

    private void WriteSubOrchestration(SqliteSession session, TurnCommit turn, OrchestratorAction action, CommitReceipt receipt)
    {
        var id = action.Event.Data!;
        if (DurableReads.Find(session, id) is { } existing)
        {
            if (!Statuses.IsEnded(existing.Status))
            {
                var failure = Failures.Serialize("OrchestrationAlreadyExists", $"A sub-orchestration cannot be started: an instance with id '{id}' already exists in status {existing.Status}.");
                receipt.Add(turn.Row.Key, writes.Send(session, turn.Row.Key, new HistoryEvent(EventKind.TaskFailed, action.Event.Id, Data: failure), turn.Row.Execution));
                return;
            }

            DurableWrites.Delete(session, existing.Key);
        }

        var parent = new ParentLink(turn.Row.Key, turn.Row.Execution, action.Event.Id, turn.Row.Id, turn.Row.Name);
        receipt.Add(DurableWrites.Create(session, new NewInstance(id, action.Event.Name!, action.Input, turn.Time, null, action.Tags, parent)));
    }

    private void WriteEnd(SqliteSession session, TurnCommit turn, CommitReceipt receipt)
    {
        if (turn.Row.Parent is { } parent)
            receipt.Add(parent.Key, writes.Send(session, parent.Key, turn.ToParent(parent), parent.Execution));
        if (!turn.TerminateChildren)
            return;
        var children = session.Query(
            "SELECT key FROM durable_instance WHERE parent_key = ?1 AND status IN (0, 6, 7)", row => row.GetInt64(0), turn.Row.Key);
        foreach (var child in children)
        {
            receipt.Add(child, writes.Send(session, child, new HistoryEvent(EventKind.TerminatedWithChildren, Data: turn.Output), Mail.AnyExecution));
        }
    }
}
