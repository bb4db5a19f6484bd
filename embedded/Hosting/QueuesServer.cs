using CityBrain.Embedded.Companion;
using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Http;
using CityBrain.Embedded.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CityBrain.Embedded.Hosting;

/// <summary>The queues of a store: AMQP for Service Bus clients, and a port on which devices send by HTTP.</summary>
internal sealed class QueuesServer(SqliteStore store, CityClock clock, PlatformSecrets secrets, IConfiguration configuration, IOptions<EmbeddedOptions> options, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private const string AppKey = "app";
    private const long LargestBody = 8 * 1024 * 1024;

    private WebApplication? _devices;
    private ServiceBusServer? _server;

    /// <summary>The queues, once started.</summary>
    public ServiceBusServer Server => _server ?? throw new InvalidOperationException("The queues are not up yet.");

    /// <summary>The connection string of the app, which may do everything, once started.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Base address for devices, once started.</summary>
    public Uri Devices { get; private set; } = new("http://127.0.0.1:0");

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var key = await secrets.KeyAsync("queues").ConfigureAwait(false);
        var settings = ServiceBusOptions.Read(configuration.GetSection(EmbeddedOptions.Section));
        _server = new ServiceBusServer(
            store,
            clock,
            settings with { Port = options.Value.AmqpPort, Keys = [.. settings.Keys, new SharedAccessKey(AppKey, key, ["*"], AccessRights.Manage)] },
            loggers.CreateLogger<ServiceBusServer>());
        try
        {
            await _server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException failure)
        {
            throw new InvalidOperationException($"{failure.Message} If a port is taken, write another into {EmbeddedOptions.Section}:{nameof(EmbeddedOptions.AmqpPort)}, or 0 for a free one.", failure);
        }

        ConnectionString = $"Endpoint=sb://127.0.0.1:{_server.Port};SharedAccessKeyName={AppKey};SharedAccessKey={key};UseDevelopmentEmulator=true";
        _devices = LoopbackServer.Build(options.Value.ServiceBusPort, LargestBody, loggers, services => services.AddRoutingCore());
        _devices.MapServiceBusSend(_server, loggers.CreateLogger("CityBrain.Embedded.ServiceBus.Http"));
        Devices = await LoopbackServer.ListenAsync(
            _devices, "The port for devices", options.Value.ServiceBusPort, $"{EmbeddedOptions.Section}:{nameof(EmbeddedOptions.ServiceBusPort)}", cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await (_devices?.StopAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        await (_server?.StopAsync(CancellationToken.None) ?? Task.CompletedTask).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_devices is not null)
        {
            await _devices.DisposeAsync().ConfigureAwait(false);
        }

        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }
    }
}
