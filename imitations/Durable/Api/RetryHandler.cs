namespace Microsoft.DurableTask;

/// <summary>Says whether a failed call is repeated; runs inside the orchestrator and must be deterministic.</summary>
public delegate bool RetryHandler(RetryContext retryContext);

/// <summary>Says whether a failed call is repeated; runs inside the orchestrator and may await durable timers.</summary>
public delegate Task<bool> AsyncRetryHandler(RetryContext retryContext);

/// <summary>What a retry handler knows.</summary>
/// <param name="OrchestrationContext">The orchestration.</param>
/// <param name="LastAttemptNumber">Number of the attempt that failed, from 1.</param>
/// <param name="LastFailure">How it failed.</param>
/// <param name="TotalRetryTime">Time since the first attempt.</param>
/// <param name="CancellationToken">Never cancelled at present.</param>
public record RetryContext(
    TaskOrchestrationContext OrchestrationContext,
    int LastAttemptNumber,
    TaskFailureDetails LastFailure,
    TimeSpan TotalRetryTime,
    CancellationToken CancellationToken);
