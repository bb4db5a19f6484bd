namespace Microsoft.DurableTask;

/// <summary>Options of one sub-orchestration call.</summary>
public record SubOrchestrationOptions : TaskOptions
{
    /// <param name="retry">How a failed call is repeated.</param>
    /// <param name="instanceId">Instance id of the sub-orchestration; null makes one.</param>
    public SubOrchestrationOptions(TaskRetryOptions? retry = null, string? instanceId = null)
        : base(retry) => InstanceId = instanceId;

    /// <param name="options">Options to take over.</param>
    /// <param name="instanceId">Instance id of the sub-orchestration; null keeps that of the options.</param>
    public SubOrchestrationOptions(TaskOptions options, string? instanceId = null)
        : base(options) => InstanceId = instanceId ?? (options as SubOrchestrationOptions)?.InstanceId;

    /// <summary>Copies options.</summary>
    public SubOrchestrationOptions(SubOrchestrationOptions options)
        : base(options) => InstanceId = options.InstanceId;

    /// <summary>Instance id of the sub-orchestration.</summary>
    public string? InstanceId { get; init; }
}
