using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CityBrain.Lifecycle;

/// <summary>
/// The durable procedure of one case, from filed to finished. Its instance id is the case id. It holds no state of its own: each step reads
/// the case, acts, and says what comes next; so whatever is lost on the way costs a delay, never a case.
/// </summary>
public static class CaseLifecycle
{
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
                next = await CaseNews.ClockRunsOutAsync(context, plan.Version, plan.WakeAt) ? plan.Then : LifecycleStep.Wait;
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
}
