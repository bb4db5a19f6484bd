using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Azure.Amqp.Transaction;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>Reads a receiver's decision from the state of a delivery (AmqpReceiver of Azure.Messaging.ServiceBus).</summary>
internal static class LinkSettlement
{
    /// <summary>Null for a state that decides nothing.</summary>
    /// <exception cref="BrokerException">The state belongs to a transaction.</exception>
    public static Settlement? Read(DeliveryState? state) => state switch
    {
        Accepted => Settlement.Complete,
        Released => Settlement.Release,
        Rejected rejected => DeadLetter(rejected.Error),
        Modified { UndeliverableHere: true } modified => new Settlement(SettlementKind.Defer, modified.MessageAnnotations),
        Modified modified => new Settlement(SettlementKind.Abandon, modified.MessageAnnotations),
        TransactionalState => throw new BrokerException(BrokerFailure.NotSupported, "Transactions are not offered."),
        _ => null,
    };

    private static Settlement DeadLetter(Error? error)
    {
        var reason = AmqpMaps.FindText(error?.Info, DeadLetterReason.ReasonProperty);
        var description = AmqpMaps.FindText(error?.Info, DeadLetterReason.DescriptionProperty);
        var own = error is null || error.Condition.Equals(AmqpErrors.DeadLetter);
        var changes = new AmqpMap();
        foreach (var (key, value) in (AmqpMap)(error?.Info ?? new Fields()))
        {
            if (AmqpMaps.Text(key) is not (DeadLetterReason.ReasonProperty or DeadLetterReason.DescriptionProperty))
            {
                changes[key] = value;
            }
        }

        return new Settlement(SettlementKind.DeadLetter, changes, own ? new(reason, description) : new(error!.Condition.Value, error.Description));
    }
}
