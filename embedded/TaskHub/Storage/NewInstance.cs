using System.Buffers;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>An instance to be created.</summary>
/// <param name="Started">Frames of the event that starts it.</param>
/// <param name="Tags">Encoded tags, or null.</param>
/// <param name="Created">UTC ticks.</param>
/// <param name="StartAt">UTC ticks of a later start; null means at once.</param>
/// <param name="Parent">Who waits for it, or null.</param>
/// <param name="ParentId">Instance id of the parent, or null.</param>
internal sealed record NewInstance(
    string Id, string Name, string? Version, string ExecutionId, byte[] Started, byte[]? Tags, long Created, long? StartAt, ParentLink? Parent, string? ParentId)
{
    /// <summary>An instance that begins with an event; its instance and execution ids are filled in.</summary>
    public static NewInstance From(string id, ExecutionStartedEvent started, long now, ParentLink? parent = null)
    {
        var startAt = HubTime.ToTicksOrNull(started.ScheduledStartTimestamp);
        var executionId = NewExecutionId();
        started.OrchestrationInstance = new OrchestrationInstance { InstanceId = id, ExecutionId = executionId };
        var frames = new ArrayBufferWriter<byte>();
        EventFrames.Append(frames, EventFrames.New, HistoryEvents.Started(now, started));
        return new NewInstance(
            id,
            started.Name,
            started.Version,
            executionId,
            frames.WrittenSpan.ToArray(),
            InstanceTags.Encode(started.Tags),
            now,
            startAt > now ? startAt : null,
            parent,
            started.ParentInstance?.OrchestrationInstance.InstanceId);
    }

    /// <summary>An id for a new execution.</summary>
    public static string NewExecutionId() => Guid.NewGuid().ToString("N");

    /// <summary>The row as it stands right after creation.</summary>
    public InstanceRow ToRow(long key) =>
        new(key, Id, Name, Version, OrchestrationStatus.Pending, 0, ExecutionId, StartAt is null, Started, Tags, null, Parent);
}
