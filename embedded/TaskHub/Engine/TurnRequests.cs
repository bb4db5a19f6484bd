using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>
/// Puts encoded <see cref="OrchestratorRequest"/>s together from parts that are encoded already: parts of a protobuf message one after
/// another are the message.
/// </summary>
internal sealed class TurnRequests
{
    // As in the official host; nothing else of entities is used.
    private static readonly TimeSpan EntityReorderWindow = TimeSpan.FromMinutes(30);

    private readonly byte[] _withHistory;
    private readonly byte[] _withoutHistory;

    public TurnRequests(TaskHubOptions options)
    {
        _withHistory = Tail(options, includesState: true);
        _withoutHistory = Tail(options, includesState: false);
    }

    /// <summary>Writes a request into a rented array; the caller returns it.</summary>
    /// <param name="row">The instance.</param>
    /// <param name="past">Frames of the past events; empty when the worker has them.</param>
    /// <param name="added">Frames of the turn's new events.</param>
    /// <param name="isHeldByWorker">Whether the worker has the past in memory.</param>
    /// <param name="length">Length of the request in the array.</param>
    public byte[] Rent(InstanceRow row, ReadOnlySpan<byte> past, ReadOnlySpan<byte> added, bool isHeldByWorker, out int length)
    {
        var head = new OrchestratorRequest { InstanceId = row.Id, ExecutionId = row.ExecutionId };
        var headSize = head.CalculateSize();
        var tail = isHeldByWorker ? _withoutHistory : _withHistory;
        length = headSize + past.Length + added.Length + tail.Length;
        var rented = ArrayPool<byte>.Shared.Rent(length);
        head.WriteTo(rented.AsSpan(0, headSize));
        past.CopyTo(rented.AsSpan(headSize));
        added.CopyTo(rented.AsSpan(headSize + past.Length));
        tail.CopyTo(rented, length - tail.Length);
        return rented;
    }

    private static byte[] Tail(TaskHubOptions options, bool includesState)
    {
        var tail = new OrchestratorRequest { EntityParameters = new() { EntityMessageReorderWindow = Duration.FromTimeSpan(EntityReorderWindow) } };
        if (options.ExtendedSessionsEnabled)
        {
            tail.Properties.Add("IsExtendedSession", Value.ForBool(true));
            tail.Properties.Add("ExtendedSessionIdleTimeoutInSeconds", Value.ForNumber(options.ExtendedSessionIdleTimeoutInSeconds));
            tail.Properties.Add("IncludeState", Value.ForBool(includesState));
        }

        return tail.ToByteArray();
    }
}
