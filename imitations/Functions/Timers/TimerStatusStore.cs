using CityBrain.Embedded.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.Functions.Timers;

/// <summary>Keeps the schedule status of monitored timers across restarts.</summary>
internal sealed class TimerStatusStore(SqliteStore store)
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS timer_status (function TEXT PRIMARY KEY COLLATE NOCASE, last INTEGER NOT NULL, next INTEGER NOT NULL, updated INTEGER NOT NULL) WITHOUT ROWID";

    public Task CreateAsync() => store.WriteAsync(session => session.Script(Schema));

    public ScheduleStatus? Find(string function) => store.Read(session => session.QueryFirst(
        "SELECT last, next, updated FROM timer_status WHERE function = ?1",
        row => new ScheduleStatus { Last = Utc(row.GetInt64(0)), Next = Utc(row.GetInt64(1)), LastUpdated = Utc(row.GetInt64(2)) },
        function));

    public Task SaveAsync(string function, ScheduleStatus status) => store.WriteAsync(session => session.Execute(
        "INSERT INTO timer_status VALUES (?1, ?2, ?3, ?4) ON CONFLICT (function) DO UPDATE SET last = ?2, next = ?3, updated = ?4",
        function, status.Last.Ticks, status.Next.Ticks, status.LastUpdated.Ticks));

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);
}
