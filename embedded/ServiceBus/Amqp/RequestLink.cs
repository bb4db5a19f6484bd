using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>A request as it came.</summary>
internal sealed record Request(AmqpMessage Message)
{
    public string Operation => AmqpMaps.FindText(Properties, "operation") ?? "";

    public AmqpMap? Properties => Message.ApplicationProperties?.Map;

    public object? Body => Message.ValueBody?.Value;
}

/// <summary>A response before it is addressed.</summary>
/// <param name="Properties">Application properties.</param>
/// <param name="Body">Null for none.</param>
internal sealed record Response(IReadOnlyDictionary<string, object> Properties, AmqpMap? Body = null);

/// <summary>
/// The request half of a request-response pair. A response goes to the link that the request names, on the same connection,
/// with the request's message id as its correlation id.
/// </summary>
internal static class RequestLink
{
    /// <summary>Listens to requests; <paramref name="answer"/> must not throw.</summary>
    public static void Attach(ReceivingAmqpLink link, ClientConnection connection, Func<Request, Task<Response>> answer) =>
        link.RegisterMessageListener(message => _ = AnswerAsync(link, connection, message, answer));

    /// <summary>The reply half: settles what a client has settled from its side.</summary>
    public static void AttachReplies(SendingAmqpLink link, ClientConnection connection)
    {
        link.RegisterDispositionListener(delivery =>
        {
            if (!delivery.Settled)
            {
                link.DisposeDelivery(delivery, settled: true, AmqpConstants.AcceptedOutcome);
            }
        });
        connection.AddReplyLink(link);
    }

    /// <summary>Walks the bytes before the library decodes them.</summary>
    private static bool IsWellFormed(AmqpMessage message)
    {
        try
        {
            var reader = new SectionReader(RawBytes.Copy(message));
            while (reader.TryRead(out _))
            {
            }

            return true;
        }
        catch (BrokerException)
        {
            return false;
        }
    }

    private static async Task AnswerAsync(ReceivingAmqpLink link, ClientConnection connection, AmqpMessage message, Func<Request, Task<Response>> answer)
    {
        await Task.Yield();
        using (message)
        {
            link.DisposeDelivery(message, settled: true, AmqpConstants.AcceptedOutcome);
            if (!IsWellFormed(message))
            {
                link.SafeClose(new AmqpException(AmqpErrorCode.DecodeError, "The request is not a well-formed message."));
                return;
            }

            var response = await answer(new Request(message)).ConfigureAwait(false);
            var properties = message.Properties;
            if (connection.FindReplyLink(properties?.ReplyTo?.ToString()) is not { } reply)
            {
                return;
            }

            var sent = AmqpMessage.Create(new AmqpValue { Value = response.Body ?? new AmqpMap() });
            sent.Properties.CorrelationId = properties!.MessageId;
            foreach (var (name, value) in response.Properties)
            {
                sent.ApplicationProperties.Map[name] = value;
            }

            reply.SendMessageNoWait(sent, new ArraySegment<byte>(Guid.NewGuid().ToByteArray()), default);
        }
    }
}
