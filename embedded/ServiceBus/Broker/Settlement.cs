using Microsoft.Azure.Amqp.Encoding;

namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>What a receiver decided about a delivered message.</summary>
internal enum SettlementKind
{
    /// <summary>Done: the message leaves the queue.</summary>
    Complete,

    /// <summary>Failed: available again, and the delivery counts.</summary>
    Abandon,

    /// <summary>Given back unseen: available again, and the delivery does not count.</summary>
    Release,

    /// <summary>Set aside until somebody asks for it by its sequence number.</summary>
    Defer,

    /// <summary>Moved to the dead-letter queue.</summary>
    DeadLetter,
}

/// <param name="Kind">What becomes of the message.</param>
/// <param name="Changes">Application properties to add or replace; null for none.</param>
/// <param name="Reason">For a dead letter.</param>
internal sealed record Settlement(SettlementKind Kind, AmqpMap? Changes = null, DeadLetterReason? Reason = null)
{
    public static readonly Settlement Complete = new(SettlementKind.Complete);
    public static readonly Settlement Abandon = new(SettlementKind.Abandon);
    public static readonly Settlement Release = new(SettlementKind.Release);
}

/// <summary>A settlement of the message that <paramref name="Token"/> locks in <paramref name="Channel"/>.</summary>
internal sealed record SettlementRequest(MessageChannel Channel, Guid Token, Settlement Settlement);
