using CityBrain.Embedded.ServiceBus.Broker;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>The AMQP condition and the <c>$management</c> status of each refusal, as the official clients understand them (AmqpExceptionHelper of Azure.Messaging.ServiceBus).</summary>
internal static class AmqpErrors
{
    public static readonly AmqpSymbol DeadLetter = "com.microsoft:dead-letter";

    public static (AmqpSymbol Condition, int Status) Of(Exception failure) => failure switch
    {
        BrokerException refused => Of(refused.Failure),
        ObjectDisposedException => ("com.microsoft:server-busy", 503),
        AmqpException amqp => (amqp.Error.Condition, 400),
        _ => (AmqpErrorCode.InternalError, 500),
    };

    public static Error ToError(Exception failure) => new()
    {
        Condition = Of(failure).Condition,
        Description = failure is BrokerException or AmqpException ? failure.Message : "The broker could not do it; its log says why.",
    };

    public static AmqpException ToException(Exception failure) => new(ToError(failure));

    private static (AmqpSymbol Condition, int Status) Of(BrokerFailure failure) => failure switch
    {
        BrokerFailure.EntityNotFound => (AmqpErrorCode.NotFound, 404),
        BrokerFailure.MessageNotFound => ("com.microsoft:message-not-found", 404),
        BrokerFailure.MessageLockLost => ("com.microsoft:message-lock-lost", 410),
        BrokerFailure.SessionLockLost => ("com.microsoft:session-lock-lost", 410),
        BrokerFailure.SessionCannotBeLocked => ("com.microsoft:session-cannot-be-locked", 410),
        BrokerFailure.Timeout => ("com.microsoft:timeout", 408),
        BrokerFailure.MessageSizeExceeded => (AmqpErrorCode.MessageSizeExceeded, 403),
        BrokerFailure.NotAllowed => (AmqpErrorCode.NotAllowed, 400),
        BrokerFailure.NotSupported => (AmqpErrorCode.NotImplemented, 501),
        BrokerFailure.InvalidArgument => ("com.microsoft:argument-error", 400),
        BrokerFailure.Unauthorized => (AmqpErrorCode.UnauthorizedAccess, 401),
        _ => (AmqpErrorCode.InternalError, 500),
    };
}
