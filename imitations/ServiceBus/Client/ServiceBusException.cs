namespace Azure.Messaging.ServiceBus;

/// <summary>A Service Bus operation failed; <see cref="Reason"/> says why.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "The constructors are those of the official package.")]
public class ServiceBusException : Exception
{
    /// <summary>For tests that need any exception.</summary>
    public ServiceBusException()
    {
    }

    /// <param name="message">What happened.</param>
    /// <param name="reason">Why; it also decides <see cref="IsTransient"/>.</param>
    /// <param name="entityPath">The queue.</param>
    /// <param name="innerException">The cause.</param>
    public ServiceBusException(string? message, ServiceBusFailureReason reason, string? entityPath = null, Exception? innerException = null)
        : this(reason is ServiceBusFailureReason.ServiceCommunicationProblem or ServiceBusFailureReason.ServiceTimeout or ServiceBusFailureReason.ServiceBusy, message, entityPath, reason, innerException)
    {
    }

    /// <param name="isTransient">True when trying again may help.</param>
    /// <param name="message">What happened.</param>
    /// <param name="entityName">The queue.</param>
    /// <param name="reason">Why.</param>
    /// <param name="innerException">The cause.</param>
    public ServiceBusException(bool isTransient, string? message, string? entityName = null, ServiceBusFailureReason reason = ServiceBusFailureReason.GeneralError, Exception? innerException = null)
        : base(message, innerException)
    {
        IsTransient = isTransient;
        EntityPath = entityName;
        Reason = reason;
    }

    /// <summary>True when trying again may help.</summary>
    public bool IsTransient { get; }

    /// <summary>Why the operation failed.</summary>
    public ServiceBusFailureReason Reason { get; }

    /// <summary>The queue, if it is known.</summary>
    public string? EntityPath { get; }

    /// <inheritdoc/>
    public override string Message => EntityPath is null ? $"{base.Message} ({Reason})" : $"{base.Message} ({Reason} - {EntityPath})";
}
