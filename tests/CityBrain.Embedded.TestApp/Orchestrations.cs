using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CityBrain.Embedded.TestApp;

/// <summary>Orchestrations that use what Durable Functions offers, each with a result that tells how it went.</summary>
public static class Orchestrations
{
    /// <summary>Adds one, so many times, one after the other.</summary>
    [Function(nameof(Sequence))]
    public static async Task<int> Sequence([OrchestrationTrigger] TaskOrchestrationContext context, int count)
    {
        var sum = 0;
        for (var i = 0; i < count; i++)
        {
            sum = await context.CallActivityAsync<int>(nameof(Activities.AddOne), sum);
        }

        return sum;
    }

    /// <summary>Adds one to each of so many numbers at once, and sums them up.</summary>
    [Function(nameof(FanOut))]
    public static async Task<int> FanOut([OrchestrationTrigger] TaskOrchestrationContext context, int count)
    {
        var sums = await Task.WhenAll(Enumerable.Range(0, count).Select(number => context.CallActivityAsync<int>(nameof(Activities.AddOne), number)));
        return sums.Sum();
    }

    /// <summary>Calls what fails twice before it succeeds.</summary>
    [Function(nameof(Retries))]
    public static Task<int> Retries([OrchestrationTrigger] TaskOrchestrationContext context, string name) =>
        context.CallActivityAsync<int>(nameof(Activities.FailsTwice), name, TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(1), backoffCoefficient: 2)));

    /// <summary>Waits for an event, so many seconds of city time at most.</summary>
    [Function(nameof(WaitsFor))]
    public static async Task<string> WaitsFor([OrchestrationTrigger] TaskOrchestrationContext context, int seconds)
    {
        using var stop = new CancellationTokenSource();
        var timer = context.CreateTimer(context.CurrentUtcDateTime.AddSeconds(seconds), stop.Token);
        var news = context.WaitForExternalEvent<string>("news", stop.Token);
        var first = await Task.WhenAny(news, timer);
        stop.Cancel();
        return first == news ? await news : "timeout";
    }

    /// <summary>Has a child of a given id do the work, and one that fails.</summary>
    [Function(nameof(Parent))]
    public static async Task<string> Parent([OrchestrationTrigger] TaskOrchestrationContext context, int count)
    {
        var sum = await context.CallSubOrchestratorAsync<int>(nameof(Sequence), count, new SubOrchestrationOptions { InstanceId = $"{context.InstanceId}-child" });
        try
        {
            await context.CallSubOrchestratorAsync(nameof(Failing), "of the child");
            return "no failure";
        }
        catch (TaskFailedException failure)
        {
            return $"{sum}, {failure.FailureDetails.ErrorType}: {failure.FailureDetails.ErrorMessage}";
        }
    }

    /// <summary>Fails with a cause.</summary>
    [Function(nameof(Failing))]
    public static async Task Failing([OrchestrationTrigger] TaskOrchestrationContext context, string what)
    {
        await context.CallActivityAsync(nameof(Activities.FailsAlways), what);
    }

    /// <summary>Counts events over several generations until it has so many.</summary>
    [Function(nameof(Counts))]
    public static async Task<int> Counts([OrchestrationTrigger] TaskOrchestrationContext context, CountState state)
    {
        context.SetCustomStatus(state);
        var next = state with { Seen = state.Seen + await context.WaitForExternalEvent<int>("one") };
        if (next.Seen < state.Wanted)
        {
            context.ContinueAsNew(next);
        }

        return next.Seen;
    }

    /// <summary>What <see cref="Counts"/> carries from one generation to the next.</summary>
    /// <param name="Wanted">How many it waits for.</param>
    /// <param name="Seen">How many came.</param>
    public sealed record CountState(int Wanted, int Seen = 0);
}
