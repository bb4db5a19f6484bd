using Microsoft.Azure.Amqp;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>The bytes of a received message; the library's buffers are pooled, so they are copied before they go back.</summary>
internal static class RawBytes
{
    public static byte[] Copy(AmqpMessage message)
    {
        var bytes = new byte[message.RawByteBuffers.Sum(buffer => buffer.Length)];
        var at = 0;
        foreach (var buffer in message.RawByteBuffers)
        {
            buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).CopyTo(bytes.AsSpan(at));
            at += buffer.Length;
        }

        return bytes;
    }
}
