namespace Azure.Messaging.ServiceBus;

/// <summary>Options of a receiver.</summary>
public class ServiceBusReceiverOptions
{
    /// <summary>Lock or delete what is received.</summary>
    public ServiceBusReceiveMode ReceiveMode { get; set; }

    /// <summary>The queue, or its dead-letter queue.</summary>
    public SubQueue SubQueue { get; set; }

    /// <summary>Name of the receiver; made up when it is null.</summary>
    public string? Identifier { get; set; }
}
