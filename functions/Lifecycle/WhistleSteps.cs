using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Dispatch;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Lifecycle;

/// <summary>The activities of <see cref="WhistleLifecycle"/>: each reads the case, writes at most one change, and says what comes next.</summary>
public sealed class WhistleSteps(CaseStore cases, CityModel city, TimeProvider clock)
{
    /// <summary>The parties of a whistle.</summary>
    [Function(nameof(PartiesOfWhistle))]
    public async Task<string[]> PartiesOfWhistle([ActivityTrigger] WhistleRef whistle, CancellationToken cancellationToken) =>
        [.. WhistleLaw.Find(await FindAsync(whistle, cancellationToken), whistle.Round)!.Parties.Select(party => party.Id)];

    /// <summary>Looks again, without a change.</summary>
    [Function(nameof(LookAtParty))]
    public async Task<WhistlePlan> LookAtParty([ActivityTrigger] WhistleRef party, CancellationToken cancellationToken) =>
        PlanOf(await FindAsync(party, cancellationToken), party);

    /// <summary>Reminds the party of the clock that has come to a rung, or marks it absent; the notices go out with the change.</summary>
    [Function(nameof(RemindParty))]
    public async Task<WhistlePlan> RemindParty([ActivityTrigger] WhistleRef party, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var result = await cases.DecideAsync(
            party.CaseId,
            current => WhistleLaw.NextAlarm(current, party.Round, party.Party!, city) is { } alarm && alarm.At <= clock.GetUtcNow()
                ? new RemindWhistle(party.Round, party.Party!, alarm.Clock, alarm.Percent)
                : null,
            Actor.Lifecycle with { Name = "whistle" },
            durable,
            cancellationToken);
        return PlanOf(result.Case ?? throw Missing(party), party);
    }

    private async Task<Case> FindAsync(WhistleRef whistle, CancellationToken cancellationToken) =>
        await cases.FindAsync(whistle.CaseId, cancellationToken) ?? throw Missing(whistle);

    private WhistlePlan PlanOf(Case current, WhistleRef party) => new(
        current.Version,
        WhistleLaw.IsOver(current, party.Round, party.Party!),
        WhistleLaw.NextAlarm(current, party.Round, party.Party!, city)?.At);

    private static InvalidOperationException Missing(WhistleRef whistle) => new($"Case {whistle.CaseId} is not in the store.");
}
