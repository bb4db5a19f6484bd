using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Cockpit;

/// <summary>The open cases whose next clock has run out, from the index by due time; never more than a bounded part of it.</summary>
public sealed class OverdueList(CityTables tables, CaseStore cases, CityModel city)
{
    /// <summary>Most cases that are counted.</summary>
    public const int MostCounted = 1000;

    /// <summary>Most cases that are looked at one by one.</summary>
    public const int MostListed = 40;

    /// <summary>How many there are, whether there are more, and the longest overdue.</summary>
    public async Task<(int Count, bool More, IReadOnlyList<CaseSummary> Longest)> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {CaseIndex.DuePartition} and RowKey lt {CaseIndex.InstantKey(now)}");
        var ids = new List<string>();
        await foreach (var row in tables.CaseIndex.QueryAsync<TableEntity>(filter, maxPerPage: MostCounted, select: ["RowKey"], cancellationToken: cancellationToken))
        {
            if (ids.Count == MostCounted)
            {
                return (MostCounted, true, await CurrentAsync(ids, now, cancellationToken));
            }

            ids.Add(row.RowKey.Split('|')[1]);
        }

        // A row can be left over from an older version: among the first, only what the case itself says counts.
        var distinct = ids.Distinct(StringComparer.Ordinal).ToList();
        var current = await CurrentAsync(distinct, now, cancellationToken);
        return (distinct.Count - Math.Min(distinct.Count, MostListed) + current.Count, false, current);
    }

    private async Task<IReadOnlyList<CaseSummary>> CurrentAsync(List<string> ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(ids.Distinct(StringComparer.Ordinal).Take(MostListed).Select(id => cases.FindAsync(id, cancellationToken)));
        return [.. found.OfType<Case>().Select(current => CaseSummary.Of(current, city.Areas)).Where(summary => summary.DueAt < now).OrderBy(summary => summary.DueAt)];
    }
}
