using Microsoft.DurableTask;

namespace CityBrain.Lifecycle;

/// <summary>How often a step is tried: storage and network recover, a bug does not get better in a second.</summary>
internal static class StepRetry
{
    /// <summary>Ten tries over about a day, from five seconds, doubling, at most six hours apart.</summary>
    public static TaskOptions Options { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 10,
        firstRetryInterval: TimeSpan.FromSeconds(5),
        backoffCoefficient: 3,
        maxRetryInterval: TimeSpan.FromHours(6)));
}
