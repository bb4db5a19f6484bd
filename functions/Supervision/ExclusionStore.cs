using CityBrain.Cases;

namespace CityBrain.Supervision;

/// <summary>Keeps exclusions, by month and case. Safe for concurrent use.</summary>
public sealed class ExclusionStore(CityTables tables)
{
    /// <summary>All of a month, by case.</summary>
    public async Task<IReadOnlyDictionary<string, Exclusion>> OfMonthAsync(Month month, CancellationToken cancellationToken) =>
        await tables.Supervision.ListAsync<Exclusion>(Partition(month), cancellationToken).ToDictionaryAsync(one => one.CaseId, StringComparer.Ordinal, cancellationToken);

    /// <summary>The one of a case in a month, or null.</summary>
    public Task<Exclusion?> FindAsync(Month month, string caseId, CancellationToken cancellationToken) =>
        tables.Supervision.FindAsync<Exclusion>(Partition(month), caseId, cancellationToken);

    /// <summary>Asks for an exclusion, once; returns the one that is there.</summary>
    public async Task<(Exclusion There, bool Added)> AskAsync(Exclusion wanted, CancellationToken cancellationToken) =>
        await tables.Supervision.TryAddAsync(Partition(wanted.Month), wanted.CaseId, wanted, cancellationToken)
            ? (wanted, true)
            : (await FindAsync(wanted.Month, wanted.CaseId, cancellationToken) ?? wanted, false);

    /// <summary>Changes an exclusion; null when there is none, with the problem when it may not be changed so.</summary>
    public async Task<(Exclusion? There, string? Problem)> ChangeAsync(Month month, string caseId, Func<Exclusion, (Exclusion? Next, string? Problem)> decide, CancellationToken cancellationToken)
    {
        string? problem = null;
        var there = await tables.Supervision.ChangeAsync<Exclusion>(
            Partition(month),
            caseId,
            stored =>
            {
                (var next, problem) = stored is null ? (null, null) : decide(stored);
                return next;
            },
            cancellationToken);
        return (there, problem);
    }

    private static string Partition(Month month) => $"exclusion|{month}";
}
