using CityBrain.Embedded.Storage;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Durable;

/// <summary>What the engine writes; every method runs inside a write of the store.</summary>
/// <param name="lastNumber">The highest number of a task or message so far; numbers grow in commit order, and gaps mean nothing.</param>
internal sealed class DurableWrites(long lastNumber)
{
    private long _lastNumber = lastNumber;

    /// <summary>Creates an instance and returns its row.</summary>
    public static InstanceRow Create(SqliteSession session, NewInstance instance)
    {
        var key = session.QueryFirst(
            "INSERT INTO durable_instance (id, name, status, execution, needs_start, created, updated, parent_key, parent_execution, parent_task, parent_id, parent_name, tags, input)"
                + " VALUES (?1, ?2, ?3, 0, ?4, ?5, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) RETURNING key",
            row => row.GetInt64(0),
            instance.Id,
            instance.Name,
            (long)OrchestrationRuntimeStatus.Pending,
            instance.StartAt is null ? 1L : 0L,
            instance.Created,
            instance.Parent?.Key,
            instance.Parent?.Execution,
            instance.Parent?.TaskId,
            instance.Parent?.Id,
            instance.Parent?.Name,
            instance.Tags,
            instance.Input);
        if (instance.StartAt is { } due)
            Add(session, new TimerEntry(due, key, 0, TimerEntry.StartTaskId));
        return instance.ToRow(key);
    }

    /// <summary>Puts a message into an inbox.</summary>
    public Mail Send(SqliteSession session, long key, HistoryEvent content, int execution)
    {
        var number = Interlocked.Increment(ref _lastNumber);
        var mail = new Mail(content with { Number = number }, execution, MailSource.Inbox, number);
        Keep(session, key, mail);
        return mail;
    }

    /// <summary>Puts a message into the inbox of an instance that has not ended; null when there is none.</summary>
    public (long Key, Mail Mail)? SendTo(SqliteSession session, string id, HistoryEvent content) =>
        DurableReads.Find(session, id) is { } found && !Statuses.IsEnded(found.Status) ? (found.Key, Send(session, found.Key, content, Mail.AnyExecution)) : null;

    /// <summary>Adds an activity.</summary>
    public ActivityTask Add(SqliteSession session, InstanceRow row, OrchestratorAction action)
    {
        var task = new ActivityTask(Interlocked.Increment(ref _lastNumber), row.Key, row.Execution, action.Event.Id, row.Id, action.Event.Name!, action.Input);
        session.Execute(
            "INSERT INTO durable_task VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
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
        session.Execute("INSERT OR IGNORE INTO durable_timer VALUES (?1, ?2, ?3, ?4)", timer.Due, timer.InstanceKey, (long)timer.Execution, (long)timer.TaskId);

    /// <summary>Removes a timer.</summary>
    public static void Remove(SqliteSession session, TimerEntry timer) =>
        session.Execute(
            "DELETE FROM durable_timer WHERE due = ?1 AND instance_key = ?2 AND execution = ?3 AND task_id = ?4",
            timer.Due,
            timer.InstanceKey,
            (long)timer.Execution,
            (long)timer.TaskId);

    /// <summary>Removes the row behind a message.</summary>
    /// <exception cref="StaleMailException">A message that must act once only was consumed before.</exception>
    public static void Consume(SqliteSession session, long key, Mail mail)
    {
        switch (mail.Source)
        {
            case MailSource.Task:
                session.Execute("DELETE FROM durable_task WHERE number = ?1", mail.Number);
                break;
            case MailSource.Timer:
                Remove(session, new TimerEntry(mail.Number, key, mail.Execution, mail.Event.Kind == EventKind.Start ? TimerEntry.StartTaskId : mail.Event.Id));
                break;
            case MailSource.Inbox when session.Execute("DELETE FROM durable_inbox WHERE instance_key = ?1 AND number = ?2", key, mail.Number) == 0:
                throw new StaleMailException();
        }
    }

    /// <summary>Removes the row behind a message that nobody will take.</summary>
    public static void Discard(SqliteSession session, long key, Mail mail)
    {
        if (mail.Source == MailSource.Inbox)
            session.Execute("DELETE FROM durable_inbox WHERE instance_key = ?1 AND number = ?2", key, mail.Number);
        else
            Consume(session, key, mail);
    }

    /// <summary>Keeps a message under its own number.</summary>
    public static void Keep(SqliteSession session, long key, Mail mail) =>
        session.Execute(
            "INSERT INTO durable_inbox VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            key,
            mail.Number,
            (long)mail.Execution,
            (long)mail.Event.Kind,
            (long)mail.Event.Id,
            mail.Event.Name,
            mail.Event.Data);

    /// <summary>
    /// Removes an instance with everything that is found by its key; true when there was one. Tasks and timers that are left find nobody
    /// and then go too.
    /// </summary>
    public static bool Delete(SqliteSession session, long key)
    {
        session.Execute("DELETE FROM durable_history WHERE instance_key = ?1", key);
        session.Execute("DELETE FROM durable_inbox WHERE instance_key = ?1", key);
        return session.Execute("DELETE FROM durable_instance WHERE key = ?1", key) > 0;
    }
}
