namespace Microsoft.DurableTask.Client;

/// <summary>Which ended orchestrations to purge.</summary>
/// <param name="CreatedFrom">Scheduled at or after.</param>
/// <param name="CreatedTo">Scheduled at or before.</param>
/// <param name="Statuses">In one of these statuses; null or empty means any; one that has not ended is never purged.</param>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>Longest time the purge may take; it then reports that it is not complete. Null means no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
