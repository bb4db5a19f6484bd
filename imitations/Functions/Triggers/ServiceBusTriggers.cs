using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.Functions.Hosting;
using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Functions.Triggers;

/// <summary>
/// Declares the queues of the configuration and of the triggers, and runs the functions with <c>[ServiceBusTrigger]</c>: each has a pump of
/// its own. A stop takes no new message, waits for the functions that run, and leaves the rest in the queue.
/// </summary>
internal sealed class ServiceBusTriggers(
    FunctionCatalog catalog,
    IFunctionInvoker invoker,
    HostJsonOptions hostJson,
    SettingNames names,
    IConfiguration configuration,
    EmbeddedPlatform platform,
    ILogger<ServiceBusTriggers> logger) : ITriggerListener, IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<MessagePump> _pumps = [];
    private ServiceBusClient? _client;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var triggers = catalog.WithTrigger<ServiceBusTriggerAttribute>().Select(Resolve).ToList();
        var broker = Broker.Of(platform);
        foreach (var queue in ServiceBusQueues.Read(configuration, triggers))
        {
            await broker.DeclareQueueAsync(queue).ConfigureAwait(false);
        }

        _client = new ServiceBusClient(platform.ConnectionString);
        foreach (var trigger in triggers)
        {
            var pump = new MessagePump(trigger, hostJson.ServiceBus, invoker, _client, broker.Find(trigger.Queue).Options.LockDuration, logger);
            _pumps.Add(pump);
            pump.Start(_stopping.Token);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_pumps.Select(pump => pump.Completion)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _pumps.ForEach(pump => pump.Dispose());
        _stopping.Dispose();
        if (_client is not null)
        {
            await _client.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ServiceBusTriggerFunction Resolve(FunctionDescriptor function)
    {
        var trigger = (ServiceBusTriggerAttribute)function.Trigger;
        return new ServiceBusTriggerFunction(function, names.Resolve(trigger.QueueName ?? "", function.Name), trigger.AutoCompleteSetting ?? hostJson.ServiceBus.AutoCompleteMessages);
    }
}
