using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.Functions.Timers;

/// <summary>Keeps the status of monitored timers across restarts.</summary>
internal sealed class TimerStatusStore(SqliteStore store)
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS timer_status (function TEXT PRIMARY KEY COLLATE NOCASE, last INTEGER NOT NULL, next INTEGER NOT NULL, updated INTEGER NOT NULL) WITHOUT ROWID";

    public Task CreateAsync() => store.WriteAsync(session => session.Script(Schema));

    public TimerStatus? Find(string function) => store.Read(session => session.QueryFirst(
        "SELECT last, next, updated FROM timer_status WHERE function = ?1",
        row => new TimerStatus(Utc(row.GetInt64(0)), Utc(row.GetInt64(1)), Utc(row.GetInt64(2))),
        function));

    public Task SaveAsync(string function, TimerStatus status) => store.WriteAsync(session => session.Execute(
        "INSERT INTO timer_status VALUES (?1, ?2, ?3, ?4) ON CONFLICT (function) DO UPDATE SET last = ?2, next = ?3, updated = ?4",
        function, status.Last.Ticks, status.Next.Ticks, status.LastUpdated.Ticks));

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);
}
