using CityBrain.Embedded.Storage;
using Google.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Writes a turn: state, history, outgoing messages and the removal of what it consumed, in one transaction.</summary>
internal sealed class TurnWriter(HubWrites writes)
{
    /// <summary>Writes the turn.</summary>
    /// <exception cref="StaleMailException">A message of the turn was consumed before; nothing is written.</exception>
    public CommitReceipt Write(SqliteSession session, TurnCommit turn)
    {
        var receipt = new CommitReceipt();
        for (var i = 0; i < turn.Consumed.Count; i++)
        {
            if (!HubWrites.Consume(session, turn.Row.Key, turn.Consumed[i]))
                throw new StaleMailException();
        }

        WriteHistory(session, turn);
        WriteRow(session, turn);
        WriteRequests(session, turn, receipt);
        if (turn.Ends)
            WriteEnd(session, turn, receipt);
        return receipt;
    }

    private static void WriteHistory(SqliteSession session, TurnCommit turn)
    {
        if (turn.ContinuesAsNew)
            HubWrites.RemoveHistory(session, turn.Row.Key);
        else if (turn.History is { } history)
            session.Execute("INSERT INTO hub_history VALUES (?1, ?2, ?3)", HistoryPosition.Of(turn.Row.Key, turn.TurnNumber), turn.Time, history);
        if (turn.ContinuesAsNew || turn.Ends)
            HubWrites.RemoveTimers(session, turn.Row.Key);
    }

    private static void WriteRow(SqliteSession session, TurnCommit turn)
    {
        if (!turn.ChangesRow)
            return;
        var row = turn.NewRow;
        session.Execute(
            "UPDATE hub_instance SET status = ?2, needs_start = ?3, updated = ?4, custom_status = ?5, output = ?6, failure = ?7 WHERE key = ?1",
            row.Key,
            (long)row.Status,
            row.NeedsStart ? 1L : 0L,
            turn.Time,
            row.CustomStatus,
            turn.Output,
            turn.Failure?.ToByteArray());
        if (turn.ContinuesAsNew)
        {
            session.Execute(
                "UPDATE hub_instance SET execution = ?2, execution_id = ?3, version = ?4, started = ?5 WHERE key = ?1",
                row.Key,
                (long)row.Execution,
                row.ExecutionId,
                row.Version,
                row.Started);
        }
    }

    private void WriteRequests(SqliteSession session, TurnCommit turn, CommitReceipt receipt)
    {
        foreach (var (taskId, name, input) in turn.Activities)
        {
            receipt.Add(writes.Add(session, turn.Row, taskId, name, input));
        }

        foreach (var (taskId, due) in turn.Timers)
        {
            var timer = new TimerEntry(due, turn.Row.Key, turn.Row.Execution, taskId);
            HubWrites.Add(session, timer);
            receipt.Add(timer);
        }

        foreach (var (taskId, child) in turn.Children)
        {
            if (writes.CreateOrReplace(session, child, out var existing) is { } started)
                receipt.Add(started);
            else
                Send(session, turn.Row.Key, HistoryEvents.ToMail(HistoryEvents.ChildFailed(turn.Time, taskId, Failures.IdTaken(child.Id, existing)), turn.Row.Execution), receipt);
        }

        foreach (var (id, mail) in turn.Messages)
        {
            if (HubReads.Find(session, id) is { } found)
                Send(session, found.Key, mail, receipt);
        }
    }

    private void WriteEnd(SqliteSession session, TurnCommit turn, CommitReceipt receipt)
    {
        if (turn.Row.Parent is { } parent)
            Send(session, parent.Key, Failures.ToParent(turn, parent), receipt);
        if (turn.ToChildren is not { } termination)
            return;
        foreach (var child in session.Query($"SELECT key FROM hub_instance WHERE parent_key = ?1 AND NOT ({InstanceStatus.Ended})", row => row.GetInt64(0), turn.Row.Key))
        {
            Send(session, child, termination, receipt);
        }
    }

    private void Send(SqliteSession session, long key, Mail mail, CommitReceipt receipt)
    {
        if (writes.Send(session, key, mail) is { } sent)
            receipt.Add(key, sent);
    }
}
