using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CityBrain.Lifecycle;

/// <summary>
/// The durable clock of one whistle 吹哨: a sub-orchestration for each party, over when nobody waits for any of them. The record of the whistle is in the
/// case; like <see cref="CaseLifecycle"/> this holds no state of its own.
/// </summary>
public static class WhistleLifecycle
{
    /// <summary>Runs the whistle.</summary>
    [Function(nameof(WhistleLifecycle))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, WhistleRef whistle)
    {
        var parties = await context.CallActivityAsync<string[]>(nameof(WhistleSteps.PartiesOfWhistle), whistle, StepRetry.Options);
        await Task.WhenAll(parties.Select(party =>
            context.CallSubOrchestratorAsync(nameof(RunPartyAsync), whistle with { Party = party }, new SubOrchestrationOptions(instanceId: (whistle with { Party = party }).InstanceId))));
    }

    /// <summary>Reminds one party until nobody waits for it.</summary>
    [Function(nameof(RunPartyAsync))]
    public static async Task RunPartyAsync([OrchestrationTrigger] TaskOrchestrationContext context, WhistleRef party)
    {
        var plan = await Take(nameof(WhistleSteps.LookAtParty));
        while (!plan.IsOver)
        {
            plan = await Take(await CaseNews.ClockRunsOutAsync(context, plan.Version, plan.WakeAt) ? nameof(WhistleSteps.RemindParty) : nameof(WhistleSteps.LookAtParty));
        }

        Task<WhistlePlan> Take(string step) => context.CallActivityAsync<WhistlePlan>(step, party, StepRetry.Options);
    }
}

/// <summary>A whistle of a case, or one party of it.</summary>
public sealed record WhistleRef(string CaseId, int Round, string? Party = null)
{
    /// <summary>Instance id of its orchestration.</summary>
    public string InstanceId => Party is null ? $"{CaseId}-w{Round}" : $"{CaseId}-w{Round}-{Party}";
}

/// <summary>What the city does next for a party of a whistle.</summary>
/// <param name="Version">Version of the case on which the plan rests.</param>
/// <param name="IsOver">True when nobody waits for the party any more.</param>
/// <param name="WakeAt">When to remind it; null: only a change ends the wait.</param>
public sealed record WhistlePlan(int Version, bool IsOver, DateTimeOffset? WakeAt);
