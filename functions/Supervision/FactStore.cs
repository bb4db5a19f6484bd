using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Supervision;

/// <summary>
/// Facts by month: what a month's figures need lies in partitions of that month alone, one for each shard of cases, one row for a case.
/// So figures are never made by a scan of cases. Safe for concurrent use.
/// </summary>
public sealed class FactStore(CityTables tables, CityModel city)
{
    /// <summary>Adds a fact to the month in which its newest step was taken; adding it again changes nothing.</summary>
    public async Task AddAsync(CaseFact fact, CancellationToken cancellationToken)
    {
        var partition = Partition(Month.Of(fact.Steps[^1].At, city.TimeZone), CaseKeys.ShardOf(fact.CaseId));
        if (!await tables.SupervisionFacts.TryAddAsync(partition, fact.CaseId, fact, cancellationToken))
        {
            await tables.SupervisionFacts.ChangeAsync<CaseFact>(partition, fact.CaseId, stored => Merged(stored, fact), cancellationToken);
        }
    }

    /// <summary>The fact of a case in a month, or null.</summary>
    public Task<CaseFact?> FindAsync(Month month, string caseId, CancellationToken cancellationToken) =>
        tables.SupervisionFacts.FindAsync<CaseFact>(Partition(month, CaseKeys.ShardOf(caseId)), caseId, cancellationToken);

    /// <summary>Every fact of a month, in the order of their case ids within each shard.</summary>
    public async Task<IReadOnlyList<CaseFact>> OfMonthAsync(Month month, CancellationToken cancellationToken)
    {
        var shards = await Task.WhenAll(Enumerable.Range(0, CaseKeys.Shards).Select(shard =>
            tables.SupervisionFacts.ListAsync<CaseFact>(Partition(month, shard), cancellationToken).ToListAsync(cancellationToken).AsTask()));
        return [.. shards.SelectMany(facts => facts)];
    }

    private static CaseFact Merged(CaseFact? stored, CaseFact fact) =>
        stored is null ? fact : stored.With(fact) is var merged && merged.SaysAsMuchAs(stored) ? stored : merged;

    private static string Partition(Month month, int shard) => $"{month}|{CaseKeys.ShardName(shard)}";
}
