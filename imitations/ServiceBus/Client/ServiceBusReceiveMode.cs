namespace Azure.Messaging.ServiceBus;

/// <summary>What receiving does to a message.</summary>
public enum ServiceBusReceiveMode
{
    /// <summary>It is locked until it is settled.</summary>
    PeekLock = 0,

    /// <summary>It is gone.</summary>
    ReceiveAndDelete = 1,
}
