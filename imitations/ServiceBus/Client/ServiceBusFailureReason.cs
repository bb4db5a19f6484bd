namespace Azure.Messaging.ServiceBus;

/// <summary>Why a Service Bus operation failed.</summary>
public enum ServiceBusFailureReason
{
    /// <summary>A general error.</summary>
    GeneralError = 0,

    /// <summary>The queue does not exist.</summary>
    MessagingEntityNotFound = 1,

    /// <summary>The lock of the message has expired or was settled: receive it again.</summary>
    MessageLockLost = 2,

    /// <summary>No message has the sequence number asked for.</summary>
    MessageNotFound = 3,

    /// <summary>The message, or the batch, is larger than 256 KB.</summary>
    MessageSizeExceeded = 4,

    /// <summary>The entity is disabled.</summary>
    MessagingEntityDisabled = 5,

    /// <summary>A quota is used up.</summary>
    QuotaExceeded = 6,

    /// <summary>The service is busy.</summary>
    ServiceBusy = 7,

    /// <summary>The operation took too long, such as a wait for a session with messages.</summary>
    ServiceTimeout = 8,

    /// <summary>The connection failed.</summary>
    ServiceCommunicationProblem = 9,

    /// <summary>Another receiver holds the session.</summary>
    SessionCannotBeLocked = 10,

    /// <summary>The lock of the session has expired or was released: accept it again.</summary>
    SessionLockLost = 11,

    /// <summary>The entity exists already.</summary>
    MessagingEntityAlreadyExists = 12,
}
