using CityBrain.Embedded.Hosting;

namespace CityBrain.Embedded.ServiceBus.Triggers;

/// <summary>A function that a Service Bus trigger calls.</summary>
internal interface IMessageFunction
{
    /// <summary>Runs the function once and completes when it has ended.</summary>
    /// <param name="messages">One message, or a batch when the trigger's cardinality is many.</param>
    /// <param name="cancellationToken">Cancelled when the host stops and its patience is over.</param>
    /// <exception cref="WorkerLostException">The worker ended before the function did: the messages are given back and the delivery is not counted.</exception>
    Task RunAsync(IReadOnlyList<TriggerMessage> messages, CancellationToken cancellationToken);
}

/// <summary>A message for the worker.</summary>
/// <param name="LockToken">Finds the message in the <c>Settlement</c> service.</param>
/// <param name="SessionId">Null for a message without one.</param>
/// <param name="SequenceNumber">Unique in the namespace.</param>
/// <param name="LockedUntil">Real instant at which the lock of the message, or of its session, ends unless it is renewed.</param>
/// <param name="Content">
/// What the official extension's converter reads: 16 bytes of lock token (<see cref="Guid.ToByteArray()"/>), then the AMQP message, whose
/// delivery count is that of this delivery, 1 the first time (ServiceBusReceivedMessageConverter of the extension).
/// </param>
internal sealed record TriggerMessage(Guid LockToken, string? SessionId, long SequenceNumber, DateTimeOffset LockedUntil, byte[] Content);
