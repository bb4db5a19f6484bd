namespace Azure.Messaging.ServiceBus;

/// <summary>A queue beside the queue.</summary>
public enum SubQueue
{
    /// <summary>The queue itself.</summary>
    None = 0,

    /// <summary>Its dead-letter queue.</summary>
    DeadLetter = 1,

    /// <summary>Its transfer dead-letter queue, which the embedded platform does not have.</summary>
    TransferDeadLetter = 2,
}
