using CityBrain.Embedded.Storage;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>What the hub writes; every method runs inside a write of the store, and so one at a time.</summary>
/// <param name="lastKey">The highest key of an instance ever used.</param>
/// <param name="lastNumber">The highest number of a task or message in use; numbers grow in commit order, and gaps mean nothing.</param>
internal sealed class HubWrites(long lastKey, long lastNumber)
{
    private long _lastKey = lastKey;
    private long _lastNumber = lastNumber;

    /// <summary>Creates an instance and returns its row; null when its id is taken.</summary>
    public InstanceRow? TryCreate(SqliteSession session, NewInstance instance)
    {
        var created = instance.ToRow(++_lastKey);
        var rows = session.Execute(
            """
            INSERT OR IGNORE INTO hub_instance (key, id, name, version, status, execution, execution_id, needs_start, created, updated, start_at,
              parent_key, parent_execution, parent_task, parent_id, tags, started)
            VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
            """,
            created.Key,
            instance.Id,
            instance.Name,
            instance.Version,
            (long)created.Status,
            instance.ExecutionId,
            created.NeedsStart ? 1L : 0L,
            instance.Created,
            instance.StartAt,
            instance.Parent?.Key,
            (long?)instance.Parent?.Execution,
            (long?)instance.Parent?.TaskId,
            instance.ParentId,
            instance.Tags,
            instance.Started);
        if (rows == 0)
            return null;
        if (instance.StartAt is { } due)
            Add(session, new TimerEntry(due, created.Key, 0, TimerEntry.StartTaskId));
        return created;
    }

    /// <summary>Puts a message into the inbox of an instance that exists and has not ended; null when there is none.</summary>
    public Mail? Send(SqliteSession session, long key, Mail mail)
    {
        var sent = mail with { Source = MailSource.Inbox, Number = ++_lastNumber };
        var rows = session.Execute(
            $"INSERT INTO hub_inbox SELECT ?1, ?2, ?3, ?4, ?5 FROM hub_instance WHERE key = ?1 AND NOT ({InstanceStatus.Ended})",
            key,
            sent.Number,
            (long)sent.Execution,
            (long)sent.Kind,
            sent.Event);
        return rows == 0 ? null : sent;
    }

    /// <summary>Adds an activity.</summary>
    public ActivityTask Add(SqliteSession session, InstanceRow row, int taskId, string name, string? input)
    {
        var task = new ActivityTask(++_lastNumber, row.Key, row.Execution, taskId, row.Id, name, input);
        session.Execute(
            "INSERT INTO hub_task VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            task.Number,
            task.InstanceKey,
            (long)task.Execution,
            (long)task.TaskId,
            task.InstanceId,
            task.Name,
            task.Input);
        return task;
    }

    /// <summary>Adds a timer.</summary>
    public static void Add(SqliteSession session, TimerEntry timer) =>
        session.Execute("INSERT OR IGNORE INTO hub_timer VALUES (?1, ?2, ?3, ?4)", timer.Due, timer.InstanceKey, (long)timer.Execution, (long)timer.TaskId);

    /// <summary>Removes the row behind a message.</summary>
    /// <returns>False when a row that can be there only once is gone, so that the message was consumed before.</returns>
    public static bool Consume(SqliteSession session, long key, Mail mail) => mail.Source switch
    {
        MailSource.Inbox => session.Execute("DELETE FROM hub_inbox WHERE instance_key = ?1 AND number = ?2", key, mail.Number) > 0,
        MailSource.Task => session.Execute("DELETE FROM hub_task WHERE number = ?1", mail.Number) >= 0,
        MailSource.Timer or MailSource.Start => session.Execute(
            "DELETE FROM hub_timer WHERE due = ?1 AND instance_key = ?2 AND execution = ?3 AND task_id = ?4",
            mail.Number,
            key,
            (long)mail.Execution,
            (long)mail.TaskId) >= 0,
        _ => true,
    };

    /// <summary>Removes the timers of an instance whose execution is over.</summary>
    public static void RemoveTimers(SqliteSession session, long key) => session.Execute("DELETE FROM hub_timer WHERE instance_key = ?1", key);

    /// <summary>Removes the history of the current execution.</summary>
    public static void RemoveHistory(SqliteSession session, long key) =>
        session.Execute("DELETE FROM hub_history WHERE position >= ?1 AND position < ?2", HistoryPosition.Of(key, 0), HistoryPosition.End(key));

    /// <summary>Removes an instance with all that is found by its key; true when there was one. Tasks that are left find nobody and then go too.</summary>
    public static bool Delete(SqliteSession session, long key)
    {
        RemoveHistory(session, key);
        RemoveTimers(session, key);
        session.Execute("DELETE FROM hub_inbox WHERE instance_key = ?1", key);
        return session.Execute("DELETE FROM hub_instance WHERE key = ?1", key) > 0;
    }

    /// <summary>Creates an instance in place of one of the same id that has ended; null when that one still runs.</summary>
    public InstanceRow? CreateOrReplace(SqliteSession session, NewInstance instance, out OrchestrationStatus existing)
    {
        existing = default;
        if (TryCreate(session, instance) is { } created)
            return created;
        var found = HubReads.Find(session, instance.Id)!.Value;
        existing = found.Status;
        if (!InstanceStatus.IsEnded(found.Status))
            return null;
        Delete(session, found.Key);
        return TryCreate(session, instance);
    }
}
