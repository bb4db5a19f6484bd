using CityBrain.Embedded.ServiceBus;
using CityBrain.Embedded.Storage;

namespace Azure.Messaging.ServiceBus;

/// <summary>Makes senders and receivers of the queues of one embedded platform. Safe for concurrent use.</summary>
public class ServiceBusClient : IAsyncDisposable
{
    private readonly Broker _broker = null!;
    private readonly TimeSpan _tryTimeout;
    private volatile bool _closed;

    /// <param name="connectionString"><c>Embedded={path}</c>, see <see cref="EmbeddedPlatform.ConnectionString"/>.</param>
    /// <exception cref="NotSupportedException">It names a real Service Bus namespace.</exception>
    /// <exception cref="InvalidOperationException">No host of this process has that platform open.</exception>
    public ServiceBusClient(string connectionString)
        : this(connectionString, new ServiceBusClientOptions())
    {
    }

    /// <param name="connectionString"><c>Embedded={path}</c>.</param>
    /// <param name="options">Name and waiting times.</param>
    /// <inheritdoc cref="ServiceBusClient(string)" path="/exception"/>
    public ServiceBusClient(string connectionString, ServiceBusClientOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        if (!EmbeddedPlatform.IsEmbedded(connectionString))
        {
            throw new NotSupportedException(
                "The embedded Service Bus knows connection strings of the form 'Embedded={path}' only. To reach a real namespace, build with UseAzurePackages=true: only the official package speaks AMQP.");
        }

        var platform = EmbeddedPlatform.Find(connectionString);
        _broker = Broker.Of(platform);
        _tryTimeout = options.RetryOptions.TryTimeout;
        FullyQualifiedNamespace = platform.ConnectionString;
        Identifier = options.Identifier ?? $"client-{Guid.NewGuid()}";
    }

    /// <summary>For mocking.</summary>
    protected ServiceBusClient() => (FullyQualifiedNamespace, Identifier) = ("", "");

    /// <summary>The namespace: here, the connection string of the platform.</summary>
    public virtual string FullyQualifiedNamespace { get; }

    /// <summary>Name of the client.</summary>
    public virtual string Identifier { get; }

    /// <summary>True after <see cref="DisposeAsync"/>.</summary>
    public virtual bool IsClosed => _closed;

    internal TimeSpan TryTimeout => _tryTimeout;

    /// <summary>A sender; whether the queue exists is found out at the first send.</summary>
    public virtual ServiceBusSender CreateSender(string queueOrTopicName)
    {
        ArgumentException.ThrowIfNullOrEmpty(queueOrTopicName);
        ThrowIfClosed();
        return new ServiceBusSender(this, queueOrTopicName);
    }

    /// <summary>A receiver that locks what it receives.</summary>
    public virtual ServiceBusReceiver CreateReceiver(string queueName) => CreateReceiver(queueName, new ServiceBusReceiverOptions());

    /// <summary>A receiver; whether the queue exists is found out at the first receive.</summary>
    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(queueName);
        ThrowIfClosed();
        return new ServiceBusReceiver(this, queueName, options);
    }

    /// <summary>Takes hold of a session, whether it has messages or not.</summary>
    /// <exception cref="ServiceBusException">Another receiver holds it, or the queue does not exist.</exception>
    /// <exception cref="InvalidOperationException">The queue has no sessions.</exception>
    public virtual Task<ServiceBusSessionReceiver> AcceptSessionAsync(
        string queueName, string sessionId, ServiceBusSessionReceiverOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var queue = FindSessionQueue(queueName);
            return Task.FromResult(new ServiceBusSessionReceiver(this, queue, queue.Sessions.Accept(sessionId), options ?? new ServiceBusSessionReceiverOptions()));
        }
        catch (Exception failure)
        {
            return Task.FromException<ServiceBusSessionReceiver>(failure);
        }
    }

    /// <summary>Takes hold of any free session that has messages.</summary>
    /// <exception cref="ServiceBusException">No session had messages within <see cref="ServiceBusRetryOptions.TryTimeout"/>, or the queue does not exist.</exception>
    /// <exception cref="InvalidOperationException">The queue has no sessions.</exception>
    public virtual async Task<ServiceBusSessionReceiver> AcceptNextSessionAsync(
        string queueName, ServiceBusSessionReceiverOptions? options = null, CancellationToken cancellationToken = default)
    {
        var queue = FindSessionQueue(queueName);
        var lease = await queue.Sessions.AcceptNextAsync(_tryTimeout, cancellationToken).ConfigureAwait(false)
            ?? throw new ServiceBusException($"No session of '{queueName}' had messages within {_tryTimeout}.", ServiceBusFailureReason.ServiceTimeout, queueName);
        return new ServiceBusSessionReceiver(this, queue, lease, options ?? new ServiceBusSessionReceiverOptions());
    }

    /// <summary>Closes the client; its senders and receivers can no longer be used.</summary>
    public virtual ValueTask DisposeAsync()
    {
        _closed = true;
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    internal MessageQueue FindQueue(string name, SubQueue subQueue = SubQueue.None)
    {
        ThrowIfClosed();
        return subQueue == SubQueue.TransferDeadLetter
            ? throw new NotSupportedException("The embedded Service Bus has no transfer dead-letter queue.")
            : _broker.Find(name, subQueue == SubQueue.DeadLetter);
    }

    private MessageQueue FindSessionQueue(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var queue = FindQueue(name);
        return queue.Options.RequiresSession ? queue : throw new InvalidOperationException($"The queue '{name}' does not require sessions, so none can be accepted.");
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, this);
}
