namespace Azure.Messaging.ServiceBus;

/// <summary>What <see cref="ServiceBusModelFactory"/> puts behind a batch.</summary>
internal sealed record FakeBatch(long Size, IList<ServiceBusMessage> Messages, Func<ServiceBusMessage, bool>? TryAdd);
