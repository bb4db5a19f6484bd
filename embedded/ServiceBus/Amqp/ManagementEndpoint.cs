using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Broker;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>
/// The node <c>{queue}/$management</c>: request-response operations of "AMQP 1.0 in Azure Service Bus: request-response-based operations".
/// </summary>
internal sealed class ManagementEndpoint(ILogger logger)
{
    private const string Prefix = "com.microsoft:";

    private static readonly Dictionary<string, Operation> Operations = new(StringComparer.Ordinal)
    {
        ["schedule-message"] = new(AccessRights.Send, ScheduleOperations.ScheduleAsync),
        ["cancel-scheduled-message"] = new(AccessRights.Send, ScheduleOperations.CancelAsync),
        ["peek-message"] = new(AccessRights.Listen, ReceiveOperations.PeekAsync),
        ["receive-by-sequence-number"] = new(AccessRights.Listen, ReceiveOperations.ReceiveDeferredAsync),
        ["batch-delete-messages"] = new(AccessRights.Listen, ReceiveOperations.DeleteAsync),
        ["renew-lock"] = new(AccessRights.Listen, LockOperations.RenewAsync),
        ["update-disposition"] = new(AccessRights.Listen, LockOperations.UpdateDispositionAsync),
        ["renew-session-lock"] = new(AccessRights.Listen, SessionOperations.RenewAsync),
        ["get-session-state"] = new(AccessRights.Listen, SessionOperations.GetStateAsync),
        ["set-session-state"] = new(AccessRights.Listen, SessionOperations.SetStateAsync),
        ["get-message-sessions"] = new(AccessRights.Listen, SessionOperations.ListAsync),
    };

    public async Task<Response> AnswerAsync(ClientConnection connection, MessageQueue queue, Request request)
    {
        try
        {
            if (!request.Operation.StartsWith(Prefix, StringComparison.Ordinal) || !Operations.TryGetValue(request.Operation[Prefix.Length..], out var operation))
            {
                throw new BrokerException(BrokerFailure.NotSupported, $"The operation '{request.Operation}' is not offered; rules belong to topics.");
            }

            connection.Demand(queue.Options.Name, operation.Right);
            var body = await operation.Run(new ManagementRequest(connection, queue, request)).ConfigureAwait(false);
            return new Response(new Dictionary<string, object> { ["statusCode"] = body is null ? 204 : 200, ["statusDescription"] = body is null ? "No Content" : "OK" }, body);
        }
        catch (Exception failure)
        {
            if (failure is not (BrokerException or ObjectDisposedException))
            {
                logger.LogError(failure, "The operation {Operation} on the queue {Queue} failed", request.Operation, queue.Path);
            }

            // Without the condition, and as a symbol, the client takes the first one with the same status (AmqpExceptionHelper of Azure.Messaging.ServiceBus).
            var ((condition, status), error) = (AmqpErrors.Of(failure), AmqpErrors.ToError(failure));
            return new Response(new Dictionary<string, object> { ["statusCode"] = status, ["statusDescription"] = error.Description, ["errorCondition"] = condition });
        }
    }

    /// <summary>An operation: the right that it needs, and what it does; null is the answer "no content".</summary>
    private sealed record Operation(AccessRights Right, Func<ManagementRequest, Task<AmqpMap?>> Run);
}
