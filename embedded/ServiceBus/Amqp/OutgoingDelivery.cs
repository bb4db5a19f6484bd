using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;
using Microsoft.Azure.Amqp;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>A message on its way to a receiver, from bytes that are encoded already; its tag is the lock token.</summary>
internal sealed class OutgoingDelivery : Delivery
{
    private readonly EncodedMessage _message;
    private int _sent;

    public OutgoingDelivery(MessageLock held, EncodedMessage message)
    {
        (Held, _message) = (held, message);
        DeliveryTag = new ArraySegment<byte>(held.Token.ToByteArray());
        Batchable = true;
    }

    public MessageLock Held { get; }

    /// <inheritdoc/>
    public override ArraySegment<byte>[] GetPayload(int payloadSize, out bool more)
    {
        var left = _message.Length - _sent;
        more = left > payloadSize;
        var (end, head) = (_sent + Math.Min(left, payloadSize), _message.Head.Count);
        if (_sent >= head)
        {
            return [_message.Tail.Slice(_sent - head, end - _sent)];
        }

        return end <= head ? [_message.Head.Slice(_sent, end - _sent)] : [_message.Head[_sent..], _message.Tail[..(end - head)]];
    }

    /// <inheritdoc/>
    protected override void OnCompletePayload(int payloadSize) => _sent += payloadSize;
}
