using Microsoft.Azure.Amqp.Encoding;

namespace CityBrain.Embedded.ServiceBus.Messages;

/// <summary>Annotations that Service Bus adds to messages.</summary>
internal static class AmqpNames
{
    public static readonly AmqpSymbol SequenceNumber = "x-opt-sequence-number";
    public static readonly AmqpSymbol EnqueuedTime = "x-opt-enqueued-time";
    public static readonly AmqpSymbol LockedUntil = "x-opt-locked-until";
    public static readonly AmqpSymbol EnqueueSequenceNumber = "x-opt-enqueue-sequence-number";
    public static readonly AmqpSymbol MessageState = "x-opt-message-state";
    public static readonly AmqpSymbol DeadLetterSource = "x-opt-deadletter-source";
    public static readonly AmqpSymbol ScheduledEnqueueTime = "x-opt-scheduled-enqueue-time";

    private static readonly HashSet<string> OfTheBroker = new(StringComparer.Ordinal)
    {
        SequenceNumber.Value, EnqueuedTime.Value, LockedUntil.Value, EnqueueSequenceNumber.Value, MessageState.Value, DeadLetterSource.Value, ScheduledEnqueueTime.Value,
    };

    /// <summary>True for an annotation that the broker writes itself, so that a sender's is not kept.</summary>
    public static bool IsOfTheBroker(string name) => OfTheBroker.Contains(name);
}
