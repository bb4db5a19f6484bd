using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Messages;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>The node <c>$cbs</c>: verifies a token and keeps on the connection what it opens.</summary>
internal sealed class ClaimsEndpoint(SharedAccessKeys keys)
{
    private const string TokenType = "servicebus.windows.net:sastoken";

    public Task<Response> AnswerAsync(ClientConnection connection, Request request)
    {
        if (request.Operation != "put-token" || AmqpMaps.FindText(request.Properties, "type") is not TokenType)
        {
            return Task.FromResult(Status(400, $"Only the operation put-token with the type {TokenType} is offered."));
        }

        if (keys.Verify(request.Body as string, AmqpMaps.FindText(request.Properties, "name") ?? "", out var refusal) is not { } grant)
        {
            return Task.FromResult(Status(401, refusal));
        }

        connection.Add(grant);
        return Task.FromResult(Status(200, "OK"));
    }

    private static Response Status(int code, string description) => new(new Dictionary<string, object> { ["status-code"] = code, ["status-description"] = description });
}
