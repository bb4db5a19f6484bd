using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityBrain.Embedded;

/// <summary>The tables of a store alone, for table clients: to read what a host has left, or to test on.</summary>
public sealed class EmbeddedTables : IAsyncDisposable
{
    private readonly HostMeter _meter = new();
    private readonly StoreLock _lock;
    private readonly SqliteStore _store;
    private readonly TablesServer _server;

    private EmbeddedTables(StoreLock own, SqliteStore store) =>
        (_lock, _store, _server) = (own, store, new TablesServer(store, new PlatformSecrets(store), key: null, port: 0, _meter, NullLoggerFactory.Instance));

    /// <summary>The connection string for table clients.</summary>
    public string ConnectionString => _server.ConnectionString;

    /// <summary>Opens or makes a store.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The store is in use.</exception>
    public static async Task<EmbeddedTables> OpenAsync(string path, CancellationToken cancellationToken = default)
    {
        var own = StoreLock.Take(path);
        var tables = new EmbeddedTables(own, SqliteStore.Open(path));
        await tables._server.StartAsync(cancellationToken).ConfigureAwait(false);
        return tables;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        _store.Dispose();
        _lock.Dispose();
        _meter.Dispose();
    }
}
