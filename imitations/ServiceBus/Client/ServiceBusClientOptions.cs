namespace Azure.Messaging.ServiceBus;

/// <summary>Options of a client.</summary>
public class ServiceBusClientOptions
{
    /// <summary>Name of the client; made up when it is null.</summary>
    public string? Identifier { get; set; }

    /// <summary>How long operations wait.</summary>
    public ServiceBusRetryOptions RetryOptions { get; set; } = new();
}
