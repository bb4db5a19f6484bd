namespace Azure.Messaging.ServiceBus;

/// <summary>Where a message stands in its queue.</summary>
public enum ServiceBusMessageState
{
    /// <summary>It can be received.</summary>
    Active = 0,

    /// <summary>It is received by its sequence number only.</summary>
    Deferred = 1,

    /// <summary>It enters the queue later.</summary>
    Scheduled = 2,
}
