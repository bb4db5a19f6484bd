using Google.Protobuf;
using Google.Protobuf.Collections;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Tags of an instance as bytes: an <see cref="ExecutionStartedEvent"/> that has nothing else.</summary>
internal static class InstanceTags
{
    /// <summary>Encodes tags; null when there are none.</summary>
    public static byte[]? Encode(MapField<string, string> tags) => tags.Count == 0 ? null : new ExecutionStartedEvent { Tags = { tags } }.ToByteArray();

    /// <summary>Adds encoded tags to those of a message; what is there already stays.</summary>
    public static void AddMissing(MapField<string, string> tags, byte[]? encoded)
    {
        if (encoded is null)
            return;
        foreach (var (name, value) in ExecutionStartedEvent.Parser.ParseFrom(encoded).Tags)
        {
            tags.TryAdd(name, value);
        }
    }

    private static void TryAdd(this MapField<string, string> tags, string name, string value)
    {
        if (!tags.ContainsKey(name))
            tags.Add(name, value);
    }
}
