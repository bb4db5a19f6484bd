using System.Buffers;
using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>
/// Encoded history events, each behind a field tag of <see cref="OrchestratorRequest"/> and its length. Histories are stored like this, so
/// that frames one after another are a valid part of a request and the past need not be parsed.
/// </summary>
internal static class EventFrames
{
    /// <summary>Tag of an event in <see cref="OrchestratorRequest.PastEvents"/>.</summary>
    public const byte Past = 0x1A;

    /// <summary>Tag of an event in <see cref="OrchestratorRequest.NewEvents"/>.</summary>
    public const byte New = 0x22;

    private const int LargestVarint = 5;

    /// <summary>Appends an event.</summary>
    public static void Append(ArrayBufferWriter<byte> frames, byte tag, HistoryEvent appended)
    {
        var size = appended.CalculateSize();
        AppendHead(frames, tag, size);
        appended.WriteTo(frames.GetSpan(size)[..size]);
        frames.Advance(size);
    }

    /// <summary>Appends an encoded event.</summary>
    public static void Append(ArrayBufferWriter<byte> frames, byte tag, ReadOnlySpan<byte> appended)
    {
        AppendHead(frames, tag, appended.Length);
        frames.Write(appended);
    }

    /// <summary>Appends frames and gives each of them another tag.</summary>
    public static void AppendRetagged(ArrayBufferWriter<byte> frames, byte tag, ReadOnlySpan<byte> appended)
    {
        var copy = frames.GetSpan(appended.Length)[..appended.Length];
        appended.CopyTo(copy);
        frames.Advance(copy.Length);
        while (!copy.IsEmpty)
        {
            copy[0] = tag;
            var (length, head) = ReadHead(copy);
            copy = copy[(head + length)..];
        }
    }

    /// <summary>The events of frames of either tag.</summary>
    public static IReadOnlyList<HistoryEvent> Parse(byte[] frames)
    {
        var request = OrchestratorRequest.Parser.ParseFrom(frames);
        return request.PastEvents.Count > 0 ? request.PastEvents : request.NewEvents;
    }

    /// <summary>The first event of frames.</summary>
    public static HistoryEvent ParseFirst(ReadOnlySpan<byte> frames)
    {
        var (length, head) = ReadHead(frames);
        return HistoryEvent.Parser.ParseFrom(frames.Slice(head, length));
    }

    /// <summary>The event that started an execution: the first one of the frames with which it begins.</summary>
    public static ExecutionStartedEvent ParseStart(ReadOnlySpan<byte> started) => ParseFirst(started).ExecutionStarted;

    /// <summary>The event that started an execution: the second one of its history.</summary>
    public static ExecutionStartedEvent ParseSecond(ReadOnlySpan<byte> history)
    {
        var (length, head) = ReadHead(history);
        return ParseStart(history[(head + length)..]);
    }

    private static void AppendHead(ArrayBufferWriter<byte> frames, byte tag, int size)
    {
        var head = frames.GetSpan(1 + LargestVarint);
        head[0] = tag;
        var count = 1;
        for (var rest = (uint)size; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                head[count++] = (byte)rest;
                break;
            }

            head[count++] = (byte)(rest | 0x80);
        }

        frames.Advance(count);
    }

    private static (int Length, int Head) ReadHead(ReadOnlySpan<byte> frame)
    {
        var (length, position) = (0, 1);
        for (var shift = 0; ; shift += 7)
        {
            var part = frame[position++];
            length |= (part & 0x7F) << shift;
            if (part < 0x80)
                return (length, position);
        }
    }
}
