using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CityBrain.Lifecycle;

/// <summary>
/// The durable procedure of one case, from filed to finished. Its instance id is the case id. It holds no state of its own: each step reads
/// the case, acts, and says what comes next; so whatever is lost on the way costs a delay, never a case.
/// </summary>
public static class CaseLifecycle
{
    /// <summary>Name of the event that tells of a new version; its payload is the version.</summary>
    public const string CaseChanged = "case-changed";

    /// <summary>Steps after which the history starts afresh, to keep replay short.</summary>
    private const int StepsPerGeneration = 24;

    /// <summary>Runs the procedure.</summary>
    [Function(nameof(CaseLifecycle))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, string caseId)
    {
        var plan = await Take(LifecycleStep.Triage);
        for (var step = 0; plan.Now is not LifecycleStep.Finish; step++)
        {
            if (step == StepsPerGeneration)
            {
                context.ContinueAsNew(caseId);
                return;
            }

            var next = plan.Now;
            if (next is LifecycleStep.Wait)
            {
                next = await ClockRunsOutAsync(context, plan) ? plan.Then : LifecycleStep.Wait;
            }

            // Before the end it looks once more: what was changed at the last moment may still be on its way.
            var version = plan.Version;
            plan = await Take(next);
            if (next is LifecycleStep.Finish && plan.Version == version)
            {
                return;
            }
        }

        Task<LifecyclePlan> Take(LifecycleStep step) => context.CallActivityAsync<LifecyclePlan>(CaseSteps.NameOf(step), caseId, StepRetry.Options);
    }

    /// <summary>Waits for a newer version of the case or for the plan's instant; true when the instant came first.</summary>
    private static async Task<bool> ClockRunsOutAsync(TaskOrchestrationContext context, LifecyclePlan plan)
    {
        using var stop = new CancellationTokenSource();
        var clock = plan.WakeAt is { } at ? context.CreateTimer(at.UtcDateTime, stop.Token) : null;
        while (true)
        {
            var changed = context.WaitForExternalEvent<int>(CaseChanged, stop.Token);
            if (clock is not null && await Task.WhenAny(changed, clock) == clock)
            {
                stop.Cancel();
                return true;
            }

            if (await changed > plan.Version)
            {
                stop.Cancel();
                return false;
            }
        }
    }
}
