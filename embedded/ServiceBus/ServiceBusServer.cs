using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Amqp;
using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>
/// A Service Bus namespace on one machine: queues in the store, AMQP 1.0 for the official clients, with connection strings that carry
/// <c>UseDevelopmentEmulator=true</c>. Locks and protocol time-outs run in real time, schedules and time to live in city time.
/// </summary>
public sealed partial class ServiceBusServer : IAsyncDisposable
{
    private readonly ServiceBusOptions _options;
    private readonly AmqpServer _amqp;
    private readonly ILogger _logger;

    /// <param name="store">Open; the caller closes it after this server.</param>
    /// <param name="clock">City time.</param>
    /// <param name="options">Queues, keys, address and port.</param>
    /// <param name="logger">For failures that are not the client's.</param>
    public ServiceBusServer(SqliteStore store, TimeProvider clock, ServiceBusOptions options, ILogger<ServiceBusServer> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _logger) = (options, logger);
        Broker = new MessageBroker(store, clock);
        Keys = new SharedAccessKeys(options.Keys);
        _amqp = new AmqpServer(new LinkProvider(Broker, Keys, logger), options.Address, options.Port);
    }

    /// <summary>The TCP port of AMQP; 0 before the start.</summary>
    public int Port => _amqp.Port;

    /// <summary>City instant of the next scheduled message or expiry; null when nothing waits. A clock may jump to it while <see cref="IsIdle"/>.</summary>
    public DateTimeOffset? NextDue => Broker.NextDue;

    /// <summary>True when no store is under way, no delivery is unsettled, and no ready message has a waiting receiver.</summary>
    public bool IsIdle => Broker.Activity.IsIdle;

    internal MessageBroker Broker { get; }

    internal SharedAccessKeys Keys { get; }

    /// <summary>Declares the queues of the options and listens.</summary>
    /// <exception cref="InvalidOperationException">The port is taken, or a queue's declaration contradicts what it holds; the sentence says what to do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in _options.Queues)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Broker.DeclareQueueAsync(queue).ConfigureAwait(false);
        }

        _amqp.Start();
        LogListening(_options.Address, Port);
    }

    /// <summary>Creates the queue, or gives an existing one these options.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The queue has messages and <see cref="QueueOptions.RequiresSession"/> would change.</exception>
    public Task DeclareQueueAsync(QueueOptions options) => Broker.DeclareQueueAsync(options);

    /// <summary>Closes the connections; what is stored stays.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(_amqp.Stop, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        Broker.Dispose();
    }

    [LoggerMessage(LogLevel.Information, "The Service Bus listens on {Address}:{Port}")]
    private partial void LogListening(string address, int port);
}
