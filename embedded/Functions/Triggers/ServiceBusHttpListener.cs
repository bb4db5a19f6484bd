using System.Net;
using CityBrain.Embedded.Functions.Hosting;
using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CityBrain.Embedded.Functions.Triggers;

/// <summary>
/// The port at which devices send messages to the queues over HTTP. It opens when there is at least one key in
/// <c>Embedded:SharedAccessKeys:{name}</c>: without a key nobody could send.
/// </summary>
internal sealed partial class ServiceBusHttpListener(
    IConfiguration configuration, IOptions<EmbeddedOptions> options, EmbeddedPlatform platform, EmbeddedAddresses addresses, ILoggerFactory loggers) : ITriggerListener, IAsyncDisposable
{
    private const string KeySection = EmbeddedOptions.Section + ":SharedAccessKeys";

    private WebApplication? _server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var keys = configuration.GetSection(KeySection).GetChildren().Where(key => key.Value is { Length: > 0 }).ToDictionary(key => key.Key, key => key.Value!, StringComparer.OrdinalIgnoreCase);
        if (keys.Count == 0)
        {
            return;
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MessageEndpoint.LargestRequest;
            kestrel.Listen(IPAddress.Loopback, options.Value.ServiceBusPort);
        });
        builder.Services.AddSingleton(loggers);
        _server = builder.Build();
        _server.Run(new MessageEndpoint(Broker.Of(platform), keys, loggers.CreateLogger<MessageEndpoint>()).AnswerAsync);
        await _server.StartAsync(cancellationToken).ConfigureAwait(false);
        addresses.ServiceBus = new Uri(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        LogListening(loggers.CreateLogger<ServiceBusHttpListener>(), addresses.ServiceBus);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [LoggerMessage(11, LogLevel.Information, "Devices send messages to {Address}")]
    private static partial void LogListening(ILogger logger, Uri address);
}
