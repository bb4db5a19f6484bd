using CityBrain.Emergency;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CityBrain.Lifecycle;

/// <summary>
/// The durable clock of one emergency, from declared to ended. Its instance id is the emergency's id. The record is the truth: each round gives
/// the areas their tasks, district by district and side by side, takes the rungs that are due, and rests until the next or until news.
/// </summary>
public static class EmergencyCommand
{
    private const int RoundsPerGeneration = 16;

    /// <summary>Runs the procedure.</summary>
    [Function(nameof(EmergencyCommand))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, string emergencyId)
    {
        var last = false;
        for (var round = 0; round < RoundsPerGeneration; round++)
        {
            var branches = await context.CallActivityAsync<IReadOnlyList<string>>(nameof(EmergencySteps.EmergencyBranches), emergencyId, StepRetry.Options);
            await Task.WhenAll(branches.Select(branch => context.CallActivityAsync(nameof(EmergencySteps.TaskBranch), new EmergencyBranch(emergencyId, branch), StepRetry.Options)));
            var wakeAt = await context.CallActivityAsync<DateTimeOffset?>(nameof(EmergencySteps.WatchEmergency), emergencyId, StepRetry.Options);
            if (last)
            {
                return;
            }

            // One more round after the end: it calls the orders off, should the end have come while tasks were given.
            last = wakeAt is null;
            if (wakeAt is { } at)
            {
                await NewsOrAsync(context, at);
            }
        }

        context.ContinueAsNew(emergencyId);
    }

    private static async Task NewsOrAsync(TaskOrchestrationContext context, DateTimeOffset at)
    {
        using var stop = new CancellationTokenSource();
        var clock = context.CreateTimer(at.UtcDateTime, stop.Token);
        await Task.WhenAny(context.WaitForExternalEvent<int>(EmergencySignal.Changed, stop.Token), clock);
        stop.Cancel();
    }
}

/// <summary>A branch of the city in one emergency.</summary>
public sealed record EmergencyBranch(string EmergencyId, string AreaId);

/// <summary>The activities of <see cref="EmergencyCommand"/>; each may run twice.</summary>
public sealed class EmergencySteps(EmergencyStore store, EmergencyCare care)
{
    /// <summary>The branches that get their tasks side by side.</summary>
    [Function(nameof(EmergencyBranches))]
    public async Task<IReadOnlyList<string>> EmergencyBranches([ActivityTrigger] string emergencyId, CancellationToken cancellationToken) =>
        await store.FindAsync(emergencyId, cancellationToken) is { State: not EmergencyState.Declared } emergency ? care.BranchesOf(emergency) : [];

    /// <summary>Gives the areas of a branch their tasks.</summary>
    [Function(nameof(TaskBranch))]
    public Task TaskBranch([ActivityTrigger] EmergencyBranch branch, CancellationToken cancellationToken) => care.TaskAsync(branch.EmergencyId, branch.AreaId, cancellationToken);

    /// <summary>Takes what is due and says when to look again.</summary>
    [Function(nameof(WatchEmergency))]
    public Task<DateTimeOffset?> WatchEmergency([ActivityTrigger] string emergencyId, CancellationToken cancellationToken) => care.WatchAsync(emergencyId, cancellationToken);
}
