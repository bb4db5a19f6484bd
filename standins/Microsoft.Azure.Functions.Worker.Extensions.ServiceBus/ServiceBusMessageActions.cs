using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.ServiceBus.Triggers.Wire;
using Google.Protobuf;
using Microsoft.Azure.Functions.Worker.Converters;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles the messages of an invocation. Safe for concurrent use.</summary>
[InputConverter(typeof(ServiceBusMessageActionsConverter))]
public class ServiceBusMessageActions
{
    private readonly Settlement.SettlementClient? _settlement;

    /// <summary>For mocking.</summary>
    protected ServiceBusMessageActions()
    {
    }

    internal ServiceBusMessageActions(Settlement.SettlementClient settlement) => _settlement = settlement;

    /// <summary>Removes a message from its queue.</summary>
    /// <exception cref="Grpc.Core.RpcException">The lock is lost, or the host could not be reached.</exception>
    public virtual async Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        await _settlement!.CompleteAsync(new() { Locktoken = message.LockToken }, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a message back to its queue; the delivery counts.</summary>
    /// <exception cref="Grpc.Core.RpcException">The lock is lost, or the host could not be reached.</exception>
    public virtual async Task AbandonMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        await _settlement!.AbandonAsync(new() { Locktoken = message.LockToken, PropertiesToModify = Encode(propertiesToModify) }, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves a message to the dead letters of its queue.</summary>
    /// <exception cref="Grpc.Core.RpcException">The lock is lost, or the host could not be reached.</exception>
    public virtual async Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var request = new DeadletterRequest
        {
            Locktoken = message.LockToken,
            PropertiesToModify = Encode(propertiesToModify),
            DeadletterReason = deadLetterReason,
            DeadletterErrorDescription = deadLetterErrorDescription,
        };
        await _settlement!.DeadletterAsync(request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private static ByteString Encode(IDictionary<string, object>? properties) =>
        properties is null ? ByteString.Empty : ByteString.CopyFrom(AmqpProperties.Encode(properties));
}
