namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>Why the broker refuses; each has one AMQP condition and one status (<c>AmqpErrors</c>).</summary>
internal enum BrokerFailure
{
    /// <summary>No queue of that name is declared.</summary>
    EntityNotFound,

    /// <summary>No message with that sequence number is in the state asked for.</summary>
    MessageNotFound,

    /// <summary>The lock of a message expired, was settled, or never was.</summary>
    MessageLockLost,

    /// <summary>The lock of a session expired or was given up.</summary>
    SessionLockLost,

    /// <summary>Another receiver holds the session.</summary>
    SessionCannotBeLocked,

    /// <summary>Nothing came in the time allowed.</summary>
    Timeout,

    /// <summary>A message, or a batch as a whole, is above the queue's limit.</summary>
    MessageSizeExceeded,

    /// <summary>The operation does not fit the queue, for example a plain receiver on a queue with sessions.</summary>
    NotAllowed,

    /// <summary>The broker does not offer the operation.</summary>
    NotSupported,

    /// <summary>An argument is missing or malformed.</summary>
    InvalidArgument,

    /// <summary>The key does not open the queue, or not with that right, or its token is wrong or expired.</summary>
    Unauthorized,
}

/// <summary>A refusal by the broker; the message is a sentence for the person who reads the client's log.</summary>
internal sealed class BrokerException(BrokerFailure failure, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of refusal it is.</summary>
    public BrokerFailure Failure { get; } = failure;
}
