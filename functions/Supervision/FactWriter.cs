using CityBrain.Cases;
using CityBrain.City;
using Microsoft.DurableTask.Client;

namespace CityBrain.Supervision;

/// <summary>
/// Takes note of the steps by which departments are judged. For a case of an emergency it asks, in the name of the one who linked it, to leave the case out
/// of the month: another duty officer decides, as on every exclusion.
/// </summary>
public sealed class FactWriter(FactStore facts, ExclusionStore exclusions, CityModel city) : IOutboxHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (CaseFact.Of(entry) is not { } fact)
        {
            return;
        }

        await facts.AddAsync(fact, cancellationToken);
        if (fact is { Kind: OriginKind.Appeal, Outcome: { } outcome } && entry.After is { EmergencyId: { } emergencyId, EmergencyBy: { } by })
        {
            var month = Month.Of(outcome.At, city.TimeZone);
            await exclusions.AskAsync(new Exclusion(fact.CaseId, month, ExclusionReason.Emergency, $"linked to emergency {emergencyId}", by, outcome.At, []), cancellationToken);
        }
    }
}
