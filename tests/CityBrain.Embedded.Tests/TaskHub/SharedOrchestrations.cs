using System.Collections.Concurrent;
using Microsoft.DurableTask;

namespace CityBrain.Embedded.Tests.TaskHub;

/// <summary>Orchestrations that every host of durable tasks must run with the same outcome.</summary>
public static class SharedOrchestrations
{
    /// <summary>Name, input and expected output as JSON; a failure is expected as its error type.</summary>
    public static TheoryData<string, int, string> Cases => new()
    {
        { "Sequence", 5, "5" },
        { "FanOut", 20, "190" },
        { "Retries", 3, "\"done after 3\"" },
        { "RetriesExhausted", 9, "Microsoft.DurableTask.TaskFailedException" },
        { "Catches", 0, "\"System.InvalidOperationException: outer / System.ArgumentException: inner\"" },
        { "Children", 4, "[0,1,4,9]" },
        { "ChildFails", 0, "\"Microsoft.DurableTask.TaskFailedException\"" },
        { "Timers", 0, "\"short\"" },
        { "Counts", 5, "\"5 generations\"" },
        { "Sends", 3, "[3,2,1]" },
        { "NewGuids", 3, "3" },
        { "Nulls", 0, "true" },
        { "Throws", 0, "System.InvalidOperationException" },
    };

    public static void Register(IFunctions functions)
    {
        functions.Activity<int, int>("AddOne", i => Task.FromResult(i + 1));
        functions.Activity<int, int>("Identity", Task.FromResult);
        functions.Activity<string?, string?>("Nothing", _ => Task.FromResult<string?>(null));
        functions.Activity<int, int>("Fails", _ => throw new InvalidOperationException("outer", new ArgumentException("inner")));
        var attempts = new ConcurrentDictionary<string, int>();
        functions.Activity<Attempt, int>("SucceedsAt", wanted =>
        {
            var attempt = attempts.AddOrUpdate(wanted.InstanceId, 1, (_, before) => before + 1);
            return attempt < wanted.Number ? throw new TimeoutException("not yet") : Task.FromResult(attempt);
        });
        functions.Orchestrator<int, int>("Sequence", async (context, n) =>
        {
            var sum = 0;
            for (var i = 0; i < n; i++)
            {
                sum = await context.CallActivityAsync<int>("AddOne", sum);
            }

            return sum;
        });
        functions.Orchestrator<int, int>("FanOut", async (context, n) =>
            (await Task.WhenAll(Enumerable.Range(0, n).Select(i => context.CallActivityAsync<int>("Identity", i)))).Sum());
        functions.Orchestrator<int, string>("Retries", async (context, n) =>
        {
            var policy = new TaskOptions(new RetryPolicy(n, TimeSpan.FromMilliseconds(1)));
            return $"done after {await context.CallActivityAsync<int>("SucceedsAt", new Attempt(context.InstanceId, n), policy)}";
        });
        functions.Orchestrator<int, int>("RetriesExhausted", (context, n) =>
            context.CallActivityAsync<int>("SucceedsAt", new Attempt(context.InstanceId, n), new TaskOptions(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)))));
        functions.Orchestrator<int, string>("Catches", async (context, _) =>
        {
            try
            {
                await context.CallActivityAsync<int>("Fails", 1);
                return "did not fail";
            }
            catch (TaskFailedException failed)
            {
                var (outer, inner) = (failed.FailureDetails, failed.FailureDetails.InnerFailure!);
                return $"{outer.ErrorType}: {outer.ErrorMessage} / {inner.ErrorType}: {inner.ErrorMessage}";
            }
        });
        RegisterChildren(functions);
        RegisterEvents(functions);
    }

    private static void RegisterChildren(IFunctions functions)
    {
        functions.Orchestrator<int, int>("Square", (_, n) => Task.FromResult(n * n));
        functions.Orchestrator<int, int[]>("Children", async (context, n) =>
            await Task.WhenAll(Enumerable.Range(0, n).Select(i => context.CallSubOrchestratorAsync<int>("Square", i))));
        functions.Orchestrator<int, int>("Throws", (_, _) => throw new InvalidOperationException("thrown"));
        functions.Orchestrator<int, string>("ChildFails", async (context, _) =>
        {
            try
            {
                await context.CallSubOrchestratorAsync<int>("Throws", 0);
                return "did not fail";
            }
            catch (TaskFailedException failed) when (failed.FailureDetails.ErrorType == typeof(InvalidOperationException).FullName)
            {
                return failed.GetType().FullName!;
            }
        });
        functions.Orchestrator<int, int>("NewGuids", async (context, n) =>
        {
            var ids = new HashSet<Guid>();
            for (var i = 0; i < n; i++)
            {
                ids.Add(context.NewGuid());
                await context.CallActivityAsync<int>("AddOne", i);
            }

            return ids.Count;
        });
        functions.Orchestrator<int, bool>("Nulls", async (context, _) => await context.CallActivityAsync<string?>("Nothing") is null);
    }

    private static void RegisterEvents(IFunctions functions)
    {
        functions.Orchestrator<int, string>("Timers", async (context, _) =>
        {
            using var cancel = new CancellationTokenSource();
            var first = context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
            var second = context.CreateTimer(TimeSpan.FromHours(20), cancel.Token);
            var winner = await Task.WhenAny(first, second);
            cancel.Cancel();
            return winner == first ? "short" : "long";
        });
        functions.Orchestrator<int, string>("Counts", async (context, n) =>
        {
            var done = context.GetInput<int>();
            var generation = await context.CallActivityAsync<int>("Identity", done);
            if (generation > 0)
                context.ContinueAsNew(generation - 1);
            return "5 generations";
        });
        functions.Orchestrator<int, int[]>("Sends", async (context, n) =>
        {
            var child = context.CallSubOrchestratorAsync<int[]>("Receives", n, new SubOrchestrationOptions(instanceId: context.InstanceId + "-receiver"));
            for (var i = n; i > 0; i--)
            {
                context.SendEvent(context.InstanceId + "-receiver", "Number", i);
            }

            return await child;
        });
        functions.Orchestrator<int, int[]>("Receives", async (context, n) =>
        {
            var received = new int[n];
            for (var i = 0; i < n; i++)
            {
                received[i] = await context.WaitForExternalEvent<int>("Number");
            }

            return received;
        });
    }

    private sealed record Attempt(string InstanceId, int Number);
}
