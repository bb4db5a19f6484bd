namespace Microsoft.DurableTask;

/// <summary>A declared retry policy of an activity or sub-orchestration call.</summary>
public class RetryPolicy
{
    /// <param name="maxNumberOfAttempts">Attempts in all, 1 or more.</param>
    /// <param name="firstRetryInterval">Wait before the second attempt, above zero.</param>
    /// <param name="backoffCoefficient">Factor from one wait to the next, 1 or more.</param>
    /// <param name="maxRetryInterval">Longest wait, at least the first or <see cref="Timeout.InfiniteTimeSpan"/>; null means 1 hour.</param>
    /// <param name="retryTimeout">No attempt begins later than this after the first, at least the first wait; null means no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        if (!(backoffCoefficient >= 1))
            throw new ArgumentOutOfRangeException(nameof(backoffCoefficient), backoffCoefficient, "The coefficient must be 1 or more.");
        ThrowIfShorter(maxRetryInterval, firstRetryInterval, nameof(maxRetryInterval));
        ThrowIfShorter(retryTimeout, firstRetryInterval, nameof(retryTimeout));
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>Attempts in all.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>Wait before the second attempt.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>Factor from one wait to the next.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>Longest wait.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>No attempt begins later than this after the first.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Whether a failure is worth another attempt; unset means every failure is.</summary>
    public Func<TaskFailureDetails, bool> HandleFailure { internal get; init; } = _ => true;

    private static void ThrowIfShorter(TimeSpan? value, TimeSpan first, string name)
    {
        if (value < first && value != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, value, "The value must not be below the first retry interval.");
    }
}
