using Microsoft.DurableTask;

namespace CityBrain.Embedded.Durable;

/// <summary>When a failed call is tried again.</summary>
internal static class RetryDelay
{
    /// <summary>Wait before the next attempt, or null when there is none.</summary>
    /// <param name="policy">The declared policy.</param>
    /// <param name="attempts">Attempts so far, from 1.</param>
    /// <param name="elapsed">Time since the first attempt.</param>
    /// <param name="failure">How the last one failed.</param>
    public static TimeSpan? Next(RetryPolicy policy, int attempts, TimeSpan elapsed, TaskFailureDetails failure)
    {
        if (attempts >= policy.MaxNumberOfAttempts || failure.ErrorType == Failures.ActivityNotFound)
            return null;
        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout)
            return null;
        if (!policy.HandleFailure(failure))
            return null;
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempts - 1);
        return milliseconds >= longest.TotalMilliseconds ? longest : TimeSpan.FromMilliseconds(milliseconds);
    }
}
