using CityBrain.Embedded.Functions.Hosting;
using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
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

        _server = LoopbackServer.Build(options.Value.ServiceBusPort, MessageEndpoint.LargestRequest, loggers);
        _server.Run(new MessageEndpoint(Broker.Of(platform), keys, loggers.CreateLogger<MessageEndpoint>()).AnswerAsync);
        addresses.ServiceBus = await LoopbackServer.ListenAsync(_server, "The queues", options.Value.ServiceBusPort, "Embedded:ServiceBusPort", cancellationToken).ConfigureAwait(false);
        LogListening(loggers.CreateLogger<ServiceBusHttpListener>(), addresses.ServiceBus);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [LoggerMessage(11, LogLevel.Information, "Devices send messages to {Address}")]
    private static partial void LogListening(ILogger logger, Uri address);
}
