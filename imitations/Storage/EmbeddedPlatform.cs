using System.Collections.Concurrent;

namespace CityBrain.Embedded.Storage;

/// <summary>
/// What the embedded services of one city share in one process: the store, the clock, and one instance of each service. Opened by the
/// host; found again by the SDK clients through their connection string, <c>Embedded={path}</c>.
/// </summary>
public sealed class EmbeddedPlatform : IDisposable
{
    private const string ConnectionStringPrefix = "Embedded=";
    private const string ClockSchema = "CREATE TABLE IF NOT EXISTS platform_clock (id INTEGER PRIMARY KEY CHECK (id = 1), utc_ticks INTEGER NOT NULL)";
    private static readonly TimeSpan ClockSaveInterval = TimeSpan.FromSeconds(1);

    // The process is the "cloud" of the embedded services, so what is open in it is known to the whole process.
    private static readonly ConcurrentDictionary<string, EmbeddedPlatform> OpenPlatforms = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<Type, Lazy<object>> _services = new();
    private readonly string _path;
    private readonly ITimer _clockSaver;

    private EmbeddedPlatform(string path, EmbeddedOptions options)
    {
        _path = path;
        Store = SqliteStore.Open(path);
        Store.WriteAsync(session => session.Script(ClockSchema)).GetAwaiter().GetResult();
        Clock = new EmbeddedClock(options.ClockStart ?? ResumedClock(options.ClockSpeed), options.ClockSpeed);
        _clockSaver = TimeProvider.System.CreateTimer(_ => SaveClock(), null, ClockSaveInterval, ClockSaveInterval);
    }

    /// <summary>The durable store.</summary>
    public SqliteStore Store { get; }

    /// <summary>The city's time.</summary>
    public EmbeddedClock Clock { get; }

    /// <summary>The connection string by which SDK clients of this process reach this platform.</summary>
    public string ConnectionString => ConnectionStringOf(_path);

    /// <summary>Opens the platform of a file.</summary>
    /// <exception cref="InvalidOperationException">The file is already open in this process.</exception>
    public static EmbeddedPlatform Open(EmbeddedOptions options)
    {
        var path = Path.GetFullPath(options.Path);
        var platform = new EmbeddedPlatform(path, options);
        if (!OpenPlatforms.TryAdd(path, platform))
        {
            platform.Dispose();
            throw new InvalidOperationException($"The embedded platform of '{path}' is already open in this process; give each host its own Embedded:Path.");
        }

        return platform;
    }

    /// <summary>The connection string of the platform of a file, open or not.</summary>
    public static string ConnectionStringOf(string path) => ConnectionStringPrefix + Path.GetFullPath(path);

    /// <summary>True when the connection string names an embedded platform rather than a real service.</summary>
    public static bool IsEmbedded(string? connectionString) =>
        connectionString?.StartsWith(ConnectionStringPrefix, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Finds the platform that a connection string names.</summary>
    /// <exception cref="InvalidOperationException">No host of this process has it open.</exception>
    public static EmbeddedPlatform Find(string connectionString)
    {
        var path = Path.GetFullPath(connectionString[ConnectionStringPrefix.Length..].TrimEnd(';'));
        return OpenPlatforms.GetValueOrDefault(path)
            ?? throw new InvalidOperationException($"No embedded platform is open for '{path}'; start the Functions host first, or use the connection string of a real service.");
    }

    /// <summary>The one instance of an embedded service, made at first use and disposed with the platform.</summary>
    public T Service<T>(Func<EmbeddedPlatform, T> create)
        where T : class =>
        (T)_services.GetOrAdd(typeof(T), _ => new Lazy<object>(() => create(this))).Value;

    /// <summary>Stops the services and closes the file; what was accepted stays.</summary>
    public void Dispose()
    {
        OpenPlatforms.TryRemove(KeyValuePair.Create(_path, this));
        _clockSaver.Dispose();
        foreach (var service in _services.Values)
        {
            (service.Value as IDisposable)?.Dispose();
        }

        Store.Dispose();
    }

    private DateTimeOffset? ResumedClock(double speed)
    {
        if (speed == 1)
        {
            return null;
        }

        var ticks = Store.Read(session => session.QueryFirst<long?>("SELECT utc_ticks FROM platform_clock", row => row.GetInt64(0)));
        return ticks is { } saved ? new DateTimeOffset(saved, TimeSpan.Zero) : null;
    }

    private void SaveClock()
    {
        if (Clock.Speed == 1)
        {
            return;
        }

        var now = Clock.GetUtcNow().UtcTicks;
        try
        {
            _ = Store.WriteAsync(session => session.Execute("INSERT INTO platform_clock VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET utc_ticks = max(utc_ticks, ?1)", now));
        }
        catch (ObjectDisposedException)
        {
            // The last tick of the timer may meet a store that has just closed.
        }
    }
}
