using System.Buffers.Binary;
using CityBrain.Embedded.ServiceBus.Broker;

namespace CityBrain.Embedded.ServiceBus.Messages;

/// <summary>
/// Refuses values nested so deep that decoding them, which the AMQP library does by recursion, would end the process: a hostile message of
/// a megabyte can nest hundreds of thousands of lists.
/// </summary>
internal static class NestingGuard
{
    private const int Deepest = 32;

    /// <summary>Checks the value at an offset.</summary>
    /// <exception cref="BrokerException">It is nested deeper than 32 levels, or not well-formed.</exception>
    public static void Check(ReadOnlySpan<byte> message, int at) => Walk(message, at, 0);

    /// <summary>Returns the offset after the value.</summary>
    private static int Walk(ReadOnlySpan<byte> message, int at, int depth)
    {
        if (depth > Deepest)
        {
            throw new BrokerException(BrokerFailure.InvalidArgument, $"The message nests values deeper than {Deepest} levels.");
        }

        var end = SectionReader.Skip(message, at);
        switch (message[at])
        {
            case 0:
                return Walk(message, Walk(message, at + 1, depth + 1), depth + 1);
            case 0xc0 or 0xc1:
                WalkAll(message, at + 3, message[at + 2], end, depth);
                break;
            case 0xd0 or 0xd1:
                WalkAll(message, at + 9, BinaryPrimitives.ReadUInt32BigEndian(message[(at + 5)..]), end, depth);
                break;
            case 0xe0 when message[at + 3] is 0 or >= 0xc0:
            case 0xf0 when message[at + 9] is 0 or >= 0xc0:
                throw new BrokerException(BrokerFailure.InvalidArgument, "The message has an array of compound values.");
        }

        return end;
    }

    private static void WalkAll(ReadOnlySpan<byte> message, int at, uint count, int end, int depth)
    {
        for (; count > 0 && at < end; count--)
        {
            at = Walk(message[..end], at, depth + 1);
        }
    }
}
