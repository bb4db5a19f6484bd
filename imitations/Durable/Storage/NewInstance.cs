using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Durable;

/// <summary>An instance to be created.</summary>
/// <param name="Created">UTC ticks.</param>
/// <param name="StartAt">UTC ticks of a later start; null means at once.</param>
/// <param name="Tags">Serialized tags, or null.</param>
internal sealed record NewInstance(string Id, string Name, string? Input, long Created, long? StartAt, string? Tags, ParentLink? Parent)
{
    /// <summary>The row as it stands right after creation.</summary>
    public InstanceRow ToRow(long key) =>
        new(key, Id, Name, OrchestrationRuntimeStatus.Pending, 0, StartAt is null, Input, null, Parent);
}
