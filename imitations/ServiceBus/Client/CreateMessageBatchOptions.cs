namespace Azure.Messaging.ServiceBus;

/// <summary>Options of a batch.</summary>
public class CreateMessageBatchOptions
{
    /// <summary>Largest size of the batch in bytes; null means what the queue takes.</summary>
    public long? MaxSizeInBytes { get; set; }
}
