using System.Net;
using System.Security;
using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>
/// <c>POST /{queue}/messages</c> of the Service Bus REST API: one message or a batch, stored before it is answered. Answers as documented
/// (Send Message, Send Message Batch): 201 stored, 400 malformed, 401 not authorised, 403 too large, 410 no such queue.
/// </summary>
internal sealed class MessageEndpoint(Broker broker, IReadOnlyDictionary<string, string> keys, ILogger<MessageEndpoint> logger)
{
    /// <summary>Bytes of the largest request that is read: a batch of 256 KB in JSON with every character escaped.</summary>
    public const long LargestRequest = 6 * OutgoingMessage.MaxSize;

    private const string Suffix = "/messages";

    public async Task AnswerAsync(HttpContext http)
    {
        var (status, detail) = await TrySendAsync(http).ConfigureAwait(false);
        http.Response.StatusCode = (int)status;
        if (status == HttpStatusCode.Created)
        {
            http.Response.ContentType = http.Request.ContentType;
            return;
        }

        http.Response.ContentType = "application/xml; charset=utf-8";
        await http.Response.WriteAsync($"<Error><Code>{(int)status}</Code><Detail>{SecurityElement.Escape(detail)}</Detail></Error>", http.RequestAborted).ConfigureAwait(false);
    }

    private async Task<(HttpStatusCode Status, string Detail)> TrySendAsync(HttpContext http)
    {
        var (request, path) = (http.Request, http.Request.Path.Value ?? "");
        if (WhyUnauthorized(request, path) is { } refusal)
        {
            return (HttpStatusCode.Unauthorized, refusal);
        }

        if (!path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) || path.Length < Suffix.Length + 2)
        {
            return (HttpStatusCode.NotFound, "Send to /{queue}/messages.");
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return (HttpStatusCode.MethodNotAllowed, "Send with POST.");
        }

        try
        {
            var queue = broker.Find(path[1..^Suffix.Length]);
            var messages = MessageReader.Read(request, await ReadBodyAsync(request).ConfigureAwait(false));
            if (messages.Count == 0)
            {
                return (HttpStatusCode.BadRequest, "The batch is empty.");
            }

            await queue.SendAsync(messages.ConvertAll(OutgoingMessage.From)).ConfigureAwait(false);
            return (HttpStatusCode.Created, "");
        }
        catch (Exception failure) when (StatusOf(failure) is { } status)
        {
            return (status, failure.Message);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            logger.LogError(failure, "A message sent to {Path} could not be stored", path);
            return (HttpStatusCode.InternalServerError, "The message could not be stored; send it again.");
        }
    }

    private static HttpStatusCode? StatusOf(Exception failure) => failure switch
    {
        ServiceBusException { Reason: ServiceBusFailureReason.MessagingEntityNotFound } => HttpStatusCode.Gone,
        ServiceBusException { Reason: ServiceBusFailureReason.MessageSizeExceeded } => HttpStatusCode.Forbidden,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => HttpStatusCode.Forbidden,
        ObjectDisposedException => null,
        BadHttpRequestException or FormatException or InvalidOperationException => HttpStatusCode.BadRequest,
        _ => null,
    };

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 1024, 0, LargestRequest));
        await request.Body.CopyToAsync(buffer, request.HttpContext.RequestAborted).ConfigureAwait(false);
        return buffer.ToArray();
    }

    private string? WhyUnauthorized(HttpRequest request, string path)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.Length == 0
            ? "The header Authorization is missing."
            : SharedAccessSignature.Parse(authorization) is { } token
            ? token.WhyRefused(keys.GetValueOrDefault(token.KeyName), request.Host.Value ?? "", path, TimeProvider.System.GetUtcNow())
            : "The token is not a shared access signature.";
    }
}
