using System.Collections.Immutable;

namespace Microsoft.DurableTask;

/// <summary>Options of a new orchestration.</summary>
public record StartOrchestrationOptions
{
    /// <param name="InstanceId">Instance id; null makes one.</param>
    /// <param name="StartAt">When it starts; null or an instant that has passed means at once.</param>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null) =>
        (this.InstanceId, this.StartAt) = (InstanceId, StartAt);

    /// <summary>Copies options.</summary>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (InstanceId, StartAt, Tags, DedupeStatuses) = (options.InstanceId, options.StartAt, options.Tags, options.DedupeStatuses);
    }

    /// <summary>Instance id; null makes one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When it starts.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Tags kept with the instance.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary.Create<string, string>();

    /// <summary>
    /// Statuses in which an existing instance of the same id refuses the new one. Null: Running, Pending and Suspended refuse. In a status
    /// that is not named, an existing instance is replaced, and terminated first when it runs.
    /// </summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
