using Microsoft.Extensions.Options;

namespace CityBrain.Supervision;

/// <summary>The cases of a month's rates, as they are now or as they were frozen.</summary>
/// <param name="Month">Which month.</param>
/// <param name="Rules">By which rules its rates are made.</param>
/// <param name="DataAsOf">What was said later is not in it.</param>
/// <param name="Snapshot">Number of the snapshot; null while the month still moves.</param>
/// <param name="Cases">The cases, by id.</param>
public sealed record RatedMonth(Month Month, RateRules Rules, DateTimeOffset DataAsOf, int? Snapshot, IReadOnlyList<RatedCase> Cases);

/// <summary>Reads a month as it is now, from its facts and exclusions.</summary>
public sealed class LiveMonths(FactStore facts, ExclusionStore exclusions, IOptions<SupervisionOptions> options, TimeProvider clock)
{
    /// <summary>The month as it is now.</summary>
    public async Task<RatedMonth> ReadAsync(Month month, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var reading = facts.OfMonthAsync(month, cancellationToken);
        var excluded = await exclusions.OfMonthAsync(month, cancellationToken);
        var cases = (await reading).Select(fact => RatedCase.Of(fact, excluded.GetValueOrDefault(fact.CaseId))).OfType<RatedCase>().OrderBy(one => one.CaseId, StringComparer.Ordinal);
        return new RatedMonth(month, RateRules.Of(options.Value), now, null, [.. cases]);
    }
}

/// <summary>Reads a month: the newest snapshot when it is frozen, else what is there now.</summary>
public sealed class MonthFigures(LiveMonths live, SnapshotStore snapshots)
{
    /// <summary>The month; with a number, that snapshot of it, or null when there is none of that number.</summary>
    public async Task<RatedMonth?> ReadAsync(Month month, int? snapshot, CancellationToken cancellationToken)
    {
        var all = await snapshots.OfMonthAsync(month, cancellationToken);
        var wanted = snapshot is null ? all is [.., var newest] ? newest : null : all.FirstOrDefault(one => one.Number == snapshot);
        return wanted is not null ? new RatedMonth(month, wanted.Rules, wanted.DataAsOf, wanted.Number, await snapshots.CasesOfAsync(wanted, cancellationToken))
            : snapshot is null ? await live.ReadAsync(month, cancellationToken)
            : null;
    }
}
