namespace CityBrain.Embedded.ServiceBus;

/// <summary>A received message that waits for its settlement.</summary>
internal sealed class MessageLock(StoredMessage message, DateTimeOffset lockedUntil)
{
    public Guid Token { get; } = Guid.NewGuid();

    public StoredMessage Message { get; } = message;

    /// <summary>Real instant at which the lock ends; in a session, the end of the session's lock counts instead.</summary>
    public DateTimeOffset LockedUntil { get; set; } = lockedUntil;

    /// <summary>Place in the channel's order of expiry; null in a session.</summary>
    public LinkedListNode<MessageLock>? Place { get; set; }
}
