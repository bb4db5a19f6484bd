using CityBrain.Embedded.Companion;
using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.Hosting;

/// <summary>Remembers where an accelerated clock stands, so that time goes on from there after a stop.</summary>
internal sealed class ClockKeeper : IDisposable
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS platform_clock (id INTEGER PRIMARY KEY CHECK (id = 1), utc_ticks INTEGER NOT NULL)";
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    private readonly SqliteStore _store;
    private readonly ITimer _saver;

    /// <summary>Makes the clock of a store.</summary>
    public ClockKeeper(SqliteStore store, EmbeddedOptions options)
    {
        _store = store;
        store.WriteAsync(session => session.Script(Schema)).GetAwaiter().GetResult();
        Clock = new CityClock(options.ClockStart ?? (options.ClockSpeed == 1 ? null : Saved()), options.ClockSpeed);
        _saver = TimeProvider.System.CreateTimer(_ => Save(), null, SaveInterval, SaveInterval);
    }

    /// <summary>The clock.</summary>
    public CityClock Clock { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _saver.Dispose();
        Save();
        Clock.Dispose();
    }

    private DateTimeOffset? Saved()
    {
        var ticks = _store.Read(session => session.QueryFirst<long?>("SELECT utc_ticks FROM platform_clock", row => row.GetInt64(0)));
        return ticks is { } saved ? new DateTimeOffset(saved, TimeSpan.Zero) : null;
    }

    private void Save()
    {
        if (Clock.Speed == 1)
        {
            return;
        }

        var now = Clock.GetUtcNow().UtcTicks;
        try
        {
            _ = _store.WriteAsync(session => session.Execute("INSERT INTO platform_clock VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET utc_ticks = max(utc_ticks, ?1)", now));
        }
        catch (ObjectDisposedException)
        {
            // The last tick of the timer may meet a store that has just closed.
        }
    }
}
