namespace Microsoft.DurableTask.Client;

/// <summary>Which orchestrations to list.</summary>
/// <param name="CreatedFrom">Scheduled at or after.</param>
/// <param name="CreatedTo">Scheduled at or before.</param>
/// <param name="Statuses">In one of these statuses; null or empty means any.</param>
/// <param name="TaskHubNames">Task hubs; there is one, and names are ignored.</param>
/// <param name="InstanceIdPrefix">Instance id begins with, in exact case.</param>
/// <param name="PageSize">Instances in a page.</param>
/// <param name="FetchInputsAndOutputs">Whether inputs, outputs and custom statuses are fetched.</param>
/// <param name="ContinuationToken">Where to go on.</param>
public record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    IEnumerable<string>? TaskHubNames = null,
    string? InstanceIdPrefix = null,
    int PageSize = OrchestrationQuery.DefaultPageSize,
    bool FetchInputsAndOutputs = false,
    string? ContinuationToken = null)
{
    /// <summary>Instances in a page unless said otherwise.</summary>
    public const int DefaultPageSize = 100;
}
