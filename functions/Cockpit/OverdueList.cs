using CityBrain.Cases;

namespace CityBrain.Cockpit;

/// <summary>The open cases whose next clock has run out, from the list by due time; never more than a bounded part of it.</summary>
public sealed class OverdueList(CaseLists lists, CaseStore cases)
{
    /// <summary>Most cases that are counted.</summary>
    public const int MostCounted = 1000;

    /// <summary>Most cases that are looked at one by one.</summary>
    public const int MostListed = 40;

    private const int RowsOfAShard = 128;

    /// <summary>How many there are, whether there are more, and the longest overdue.</summary>
    public async Task<(int Count, bool More, IReadOnlyList<CaseSummary> Longest)> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = await lists.PlacesAsync(CaseIndex.DueList, "", CaseIndex.InstantKey(now), RowsOfAShard, cancellationToken)
            .Take(MostCounted + 1).Select(CaseIndex.CaseIdOf).ToListAsync(cancellationToken);
        var found = await Task.WhenAll(ids.Take(MostListed).Select(id => cases.FindAsync(id, cancellationToken)));
        var longest = found.OfType<Case>().Select(CaseSummary.Of).Where(summary => summary.DueAt < now).OrderBy(summary => summary.DueAt);
        return (Math.Min(ids.Count, MostCounted), ids.Count > MostCounted, [.. longest]);
    }
}
