using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;
using Microsoft.Azure.Amqp.Encoding;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>Management operations on scheduled messages.</summary>
internal static class ScheduleOperations
{
    public static async Task<AmqpMap?> ScheduleAsync(ManagementRequest request)
    {
        if (request.Queue.DeadLetters is null)
        {
            throw new BrokerException(BrokerFailure.NotAllowed, "Nothing can be sent to a dead-letter queue.");
        }

        var (messages, size) = (new List<IncomingMessage>(), 0L);
        foreach (var entry in request.Many<AmqpMap>("messages"))
        {
            var bytes = AmqpMaps.Find(entry, "message") is ArraySegment<byte> encoded
                ? encoded.ToArray()
                : throw new BrokerException(BrokerFailure.InvalidArgument, "An entry of 'messages' has no 'message'.");
            messages.AddRange(MessageParser.Read(bytes, 0));
            size += bytes.Length;
        }

        request.Queue.Check(messages, size);
        return AmqpMaps.Of(("sequence-numbers", await request.Queue.SendAsync(messages).ConfigureAwait(false)));
    }

    public static async Task<AmqpMap?> CancelAsync(ManagementRequest request)
    {
        await request.Queue.CancelScheduledAsync(request.Many<long>("sequence-numbers")).ConfigureAwait(false);
        return new AmqpMap();
    }
}
