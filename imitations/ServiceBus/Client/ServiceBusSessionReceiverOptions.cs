namespace Azure.Messaging.ServiceBus;

/// <summary>Options of a session receiver.</summary>
public class ServiceBusSessionReceiverOptions
{
    /// <summary>Lock or delete what is received.</summary>
    public ServiceBusReceiveMode ReceiveMode { get; set; }

    /// <summary>Name of the receiver; made up when it is null.</summary>
    public string? Identifier { get; set; }
}
