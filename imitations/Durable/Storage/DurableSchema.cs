namespace CityBrain.Embedded.Durable;

/// <summary>The tables of the engine. Times are UTC ticks; statuses are numbers of <c>OrchestrationRuntimeStatus</c>.</summary>
internal static class DurableSchema
{
    /// <summary>
    /// <c>durable_instance</c>: one small row for each instance. <c>durable_history</c>: one row for each turn of its current execution.
    /// <c>durable_inbox</c>: messages that no turn has consumed. <c>durable_task</c>: activities that have not ended. <c>durable_timer</c>: timers by due time.
    /// </summary>
    public const string Script = """
        CREATE TABLE IF NOT EXISTS durable_instance (
          key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, status INTEGER NOT NULL, execution INTEGER NOT NULL,
          needs_start INTEGER NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL, parent_key INTEGER, parent_execution INTEGER, parent_task INTEGER,
          parent_id TEXT, parent_name TEXT, tags TEXT, input TEXT, custom_status TEXT, output TEXT, failure TEXT);
        CREATE INDEX IF NOT EXISTS durable_instance_start ON durable_instance (key) WHERE needs_start = 1;
        CREATE INDEX IF NOT EXISTS durable_instance_parent ON durable_instance (parent_key) WHERE parent_key IS NOT NULL;
        CREATE TABLE IF NOT EXISTS durable_history (
          instance_key INTEGER NOT NULL, turn INTEGER NOT NULL, time INTEGER NOT NULL, events BLOB NOT NULL, PRIMARY KEY (instance_key, turn)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS durable_inbox (
          instance_key INTEGER NOT NULL, number INTEGER NOT NULL, execution INTEGER NOT NULL, kind INTEGER NOT NULL, task_id INTEGER NOT NULL,
          name TEXT, data TEXT, PRIMARY KEY (instance_key, number)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS durable_task (
          number INTEGER PRIMARY KEY, instance_key INTEGER NOT NULL, execution INTEGER NOT NULL, task_id INTEGER NOT NULL, instance_id TEXT NOT NULL,
          name TEXT NOT NULL, input TEXT);
        CREATE TABLE IF NOT EXISTS durable_timer (
          due INTEGER NOT NULL, instance_key INTEGER NOT NULL, execution INTEGER NOT NULL, task_id INTEGER NOT NULL,
          PRIMARY KEY (due, instance_key, execution, task_id)) WITHOUT ROWID;
        """;
}
