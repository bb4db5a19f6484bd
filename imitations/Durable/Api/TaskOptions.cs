namespace Microsoft.DurableTask;

/// <summary>Options of one activity or sub-orchestration call.</summary>
public record TaskOptions
{
    /// <param name="retry">How a failed call is repeated.</param>
    public TaskOptions(TaskRetryOptions? retry)
        : this(retry, null)
    {
    }

    /// <param name="retry">How a failed call is repeated; null means not at all.</param>
    /// <param name="tags">Tags of the call; a sub-orchestration carries them in its metadata.</param>
    public TaskOptions(TaskRetryOptions? retry = null, IDictionary<string, string>? tags = null) => (Retry, Tags) = (retry, tags);

    /// <summary>Copies options.</summary>
    public TaskOptions(TaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (Retry, Tags) = (options.Retry, options.Tags);
    }

    /// <summary>How a failed call is repeated.</summary>
    public TaskRetryOptions? Retry { get; init; }

    /// <summary>Tags of the call.</summary>
    public IDictionary<string, string>? Tags { get; init; }

    /// <summary>Options that repeat by a declared policy.</summary>
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(policy);

    /// <summary>Options that repeat as long as the handler says so.</summary>
    public static TaskOptions FromRetryHandler(AsyncRetryHandler handler) => new(handler);

    /// <summary>Options that repeat as long as the handler says so.</summary>
    public static TaskOptions FromRetryHandler(RetryHandler handler) => new(handler);

    /// <summary>These options for a sub-orchestration with the given instance id.</summary>
    public SubOrchestrationOptions WithInstanceId(string instanceId) => new(this, instanceId);
}
