namespace Microsoft.DurableTask.Client;

/// <summary>Where an orchestration stands.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>It has started and has not ended.</summary>
    Running,

    /// <summary>It returned.</summary>
    Completed,

    /// <summary>No longer used.</summary>
    [Obsolete("The ContinuedAsNew status is obsolete and exists only for compatibility reasons.")]
    ContinuedAsNew,

    /// <summary>It threw.</summary>
    Failed,

    /// <summary>No longer used.</summary>
    [Obsolete("The Canceled status is not currently used and exists only for compatibility reasons.")]
    Canceled,

    /// <summary>It was terminated from outside.</summary>
    Terminated,

    /// <summary>It is scheduled and has not started.</summary>
    Pending,

    /// <summary>It is held; what arrives waits for its resumption.</summary>
    Suspended,
}
