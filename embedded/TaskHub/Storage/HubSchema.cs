namespace CityBrain.Embedded.TaskHub;

/// <summary>The tables of a task hub. Times are UTC ticks, statuses are numbers of <c>OrchestrationStatus</c>, events are encoded <c>HistoryEvent</c>s.</summary>
internal static class HubSchema
{
    /// <summary>
    /// <c>hub_instance</c>: one row for each instance; <c>started</c> holds the events with which its current execution begins.
    /// <c>hub_history</c>: one row for each turn of the current execution, found by <see cref="HistoryPosition"/>.
    /// <c>hub_inbox</c>: messages that no turn has consumed. <c>hub_task</c>: activities whose results no turn has consumed.
    /// <c>hub_timer</c>: timers by due time. Keys of instances are never used twice, since tasks and timers may outlive theirs.
    /// </summary>
    public const string Script = """
        CREATE TABLE IF NOT EXISTS hub_instance (
          key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, version TEXT, status INTEGER NOT NULL,
          execution INTEGER NOT NULL, execution_id TEXT NOT NULL, needs_start INTEGER NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
          start_at INTEGER, parent_key INTEGER, parent_execution INTEGER, parent_task INTEGER, parent_id TEXT, tags BLOB, started BLOB NOT NULL,
          custom_status TEXT, output TEXT, failure BLOB);
        CREATE INDEX IF NOT EXISTS hub_instance_start ON hub_instance (key) WHERE needs_start = 1;
        CREATE INDEX IF NOT EXISTS hub_instance_parent ON hub_instance (parent_key) WHERE parent_key IS NOT NULL;
        CREATE TABLE IF NOT EXISTS hub_history (position INTEGER PRIMARY KEY, time INTEGER NOT NULL, events BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS hub_inbox (
          instance_key INTEGER NOT NULL, number INTEGER NOT NULL, execution INTEGER NOT NULL, kind INTEGER NOT NULL, event BLOB NOT NULL,
          PRIMARY KEY (instance_key, number)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS hub_task (
          number INTEGER PRIMARY KEY, instance_key INTEGER NOT NULL, execution INTEGER NOT NULL, task_id INTEGER NOT NULL, instance_id TEXT NOT NULL,
          name TEXT NOT NULL, input TEXT);
        CREATE TABLE IF NOT EXISTS hub_timer (
          due INTEGER NOT NULL, instance_key INTEGER NOT NULL, execution INTEGER NOT NULL, task_id INTEGER NOT NULL,
          PRIMARY KEY (due, instance_key, execution, task_id)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS hub_timer_instance ON hub_timer (instance_key);
        """;
}
