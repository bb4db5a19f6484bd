using System.Net;
using System.Security;
using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.ServiceBus.Http;

/// <summary>
/// <c>POST /{queue}/messages</c> of the Service Bus REST API, for devices: one message or a batch, stored before it is answered. Answers as
/// documented (Send Message, Send Message Batch): 201 stored, 400 malformed, 401 not authorised, 403 too large, 410 no such queue.
/// </summary>
public static class SendEndpoint
{
    /// <summary>A JSON batch with every character escaped is so many times the messages in it.</summary>
    private const int LargestEscape = 6;

    /// <summary>Maps the endpoint; keys and queues are those of the server.</summary>
    public static IEndpointConventionBuilder MapServiceBusSend(this IEndpointRouteBuilder endpoints, ServiceBusServer server, ILogger logger) =>
        endpoints.MapPost("/{queue}/messages", (string queue, HttpContext http) => AnswerAsync(server, logger, queue, http));

    private static async Task AnswerAsync(ServiceBusServer server, ILogger logger, string queue, HttpContext http)
    {
        var (status, detail) = await TrySendAsync(server, logger, queue, http).ConfigureAwait(false);
        http.Response.StatusCode = (int)status;
        if (status == HttpStatusCode.Created)
        {
            http.Response.ContentType = http.Request.ContentType;
            return;
        }

        http.Response.ContentType = "application/xml; charset=utf-8";
        await http.Response.WriteAsync($"<Error><Code>{(int)status}</Code><Detail>{SecurityElement.Escape(detail)}</Detail></Error>", http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<(HttpStatusCode Status, string Detail)> TrySendAsync(ServiceBusServer server, ILogger logger, string name, HttpContext http)
    {
        try
        {
            Demand(server.Keys, name, http.Request);
            var queue = server.Broker.Find(name);
            var body = await ReadBodyAsync(http.Request, queue.Options.MaxMessageSize * (long)LargestEscape).ConfigureAwait(false);
            var encoded = MessageReader.Read(http.Request, body).ConvertAll(message => message.GetRawAmqpMessage().ToBytes().ToArray());
            List<IncomingMessage> messages = [.. encoded.SelectMany(bytes => MessageParser.Read(bytes, 0))];
            queue.Check(messages, encoded.Sum(bytes => (long)bytes.Length));
            await queue.SendAsync(messages).ConfigureAwait(false);
            return (HttpStatusCode.Created, "");
        }
        catch (BrokerException refused)
        {
            return (StatusOf(refused.Failure), refused.Message);
        }
        catch (BadHttpRequestException refused)
        {
            return (refused.StatusCode == StatusCodes.Status413PayloadTooLarge ? HttpStatusCode.Forbidden : HttpStatusCode.BadRequest, refused.Message);
        }
        catch (Exception malformed) when (malformed is FormatException or InvalidOperationException and not ObjectDisposedException)
        {
            return (HttpStatusCode.BadRequest, malformed.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "A message to the queue {Queue} could not be stored", name);
            return (HttpStatusCode.InternalServerError, "The message could not be stored; send it again.");
        }
    }

    private static HttpStatusCode StatusOf(BrokerFailure failure) => failure switch
    {
        BrokerFailure.Unauthorized => HttpStatusCode.Unauthorized,
        BrokerFailure.EntityNotFound => HttpStatusCode.Gone,
        BrokerFailure.MessageSizeExceeded => HttpStatusCode.Forbidden,
        _ => HttpStatusCode.BadRequest,
    };

    private static void Demand(SharedAccessKeys keys, string queue, HttpRequest request)
    {
        var grant = keys.Verify(request.Headers.Authorization.ToString(), $"http://{request.Host.Value}/{Uri.EscapeDataString(queue)}", out var refusal);
        if ((grant is null ? refusal : grant.WhyRefused(queue, AccessRights.Send)) is { } why)
        {
            throw new BrokerException(BrokerFailure.Unauthorized, why);
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, long limit)
    {
        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 1024));
        var chunk = new byte[16 * 1024];
        while (await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted).ConfigureAwait(false) is > 0 and var read)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > limit)
            {
                throw TooLarge(limit);
            }
        }

        return buffer.ToArray();
    }

    private static BrokerException TooLarge(long limit) => new(BrokerFailure.MessageSizeExceeded, $"The request has more than {limit} bytes.");
}
