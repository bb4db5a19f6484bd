using CityBrain.Embedded.Storage;
using CityBrain.Embedded.Tables;
using CityBrain.Embedded.Tables.Rest;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Hosting;

/// <summary>The tables of a store on a loopback port, for table clients.</summary>
/// <param name="store">The store.</param>
/// <param name="secrets">Where the account's key is kept.</param>
/// <param name="key">The account's key in base64; null: the one that is kept, made at first use.</param>
/// <param name="port">Port; 0 picks a free one.</param>
/// <param name="meter">Counts requests.</param>
/// <param name="loggers">Where the web server logs.</param>
internal sealed class TablesServer(SqliteStore store, PlatformSecrets secrets, string? key, int port, HostMeter meter, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    /// <summary>Name of the account.</summary>
    public const string Account = "citybrain";

    private const long LargestBody = 8 * 1024 * 1024;

    private WebApplication? _server;

    /// <summary>The connection string for clients, once started.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var account = new TableAccount(Account, key ?? await secrets.KeyAsync("tables").ConfigureAwait(false));
        _server = LoopbackServer.Build(port, LargestBody, loggers, longestRequestLine: TablesEndpoint.LongestRequestLine);
        var endpoint = new TablesEndpoint(new TableService(store), account);
        _server.Run(http =>
        {
            meter.AskedTables(http.Request.Method, http.Request.Path.Value?.EndsWith("/$batch", StringComparison.Ordinal) == true);
            return endpoint.InvokeAsync(http);
        });
        ConnectionString = account.ConnectionString(
            await LoopbackServer.ListenAsync(_server, "The tables", port, $"{EmbeddedOptions.Section}:{nameof(EmbeddedOptions.TablesPort)}", cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
