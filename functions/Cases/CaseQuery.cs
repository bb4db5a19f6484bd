using System.Buffers.Text;
using System.Text;
using Azure.Data.Tables;
using CityBrain.City;

namespace CityBrain.Cases;

/// <summary>What to list: every condition that is set must hold.</summary>
/// <param name="Status">State.</param>
/// <param name="AreaId">Area of street or district level; the case lies in it.</param>
/// <param name="Department">Department that has it.</param>
/// <param name="Overdue">True: only cases whose next clock has run out.</param>
/// <param name="Ended">True: ended cases instead of open ones, where the state does not say.</param>
/// <param name="Limit">Most cases in the answer, 1 to 200.</param>
/// <param name="Cursor">Where the answer before ended.</param>
public sealed record CaseFilter(CaseState? Status, string? AreaId, string? Department, bool Overdue, bool Ended, int Limit, string? Cursor);

/// <summary>A page of cases and where the next one starts; null at the end.</summary>
public sealed record CasePage(IReadOnlyList<Case> Cases, string? Cursor);

/// <summary>Lists cases from one partition of the index, never by a scan of the cases.</summary>
public sealed class CaseQuery(CityTables tables, CaseStore cases, CityModel city, TimeProvider clock)
{
    private const int RowsAtOnce = 64;

    /// <summary>One page. The caller's own limits are part of <paramref name="maySee"/>.</summary>
    /// <exception cref="FormatException">The cursor was not made here.</exception>
    public async Task<CasePage> ListAsync(CaseFilter filter, Func<CaseSummary, bool> maySee, CancellationToken cancellationToken)
    {
        var page = new List<Case>();
        var last = filter.Cursor is null ? "" : Encoding.ASCII.GetString(Base64Url.DecodeFromChars(filter.Cursor));
        await foreach (var rows in tables.CaseIndex.QueryAsync<TableEntity>(FilterText(filter, last), maxPerPage: RowsAtOnce, cancellationToken: cancellationToken).AsPages())
        {
            var found = await Task.WhenAll(rows.Values.Select(row => cases.FindAsync(CaseIndex.CaseIdOf(row), cancellationToken)));
            foreach (var (row, current) in rows.Values.Zip(found))
            {
                if (current is null || CaseSummary.Of(current, city.Areas) is var summary && (!IsOwn(row, summary) || !Holds(filter, summary, maySee)))
                {
                    continue;
                }

                if (page.Count == filter.Limit)
                {
                    return new CasePage(page, Base64Url.EncodeToString(Encoding.ASCII.GetBytes(last)));
                }

                page.Add(current);
                last = row.RowKey;
            }
        }

        return new CasePage(page, null);
    }

    private string FilterText(CaseFilter filter, string after)
    {
        var open = !filter.Ended && !(filter.Status is { } state && CaseTransitions.IsEnd(state));
        var partition = filter switch
        {
            { Overdue: true } => CaseIndex.DuePartition,
            { Department: { } department } => CaseIndex.DepartmentPartition(department, open),
            { AreaId: { } area } => CaseIndex.AreaPartition(area, open),
            { Status: { } status } => CaseIndex.StatePartition(status),
            _ => throw new ArgumentException("A filter needs a status, an area, a department or overdue.", nameof(filter)),
        };
        var text = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {after}");
        return filter.Overdue ? text + TableClient.CreateQueryFilter($" and RowKey lt {CaseIndex.InstantKey(clock.GetUtcNow())}") : text;
    }

    /// <summary>True when the row is one of the case as it is now, not left over from an older version.</summary>
    private static bool IsOwn(TableEntity row, CaseSummary summary) => CaseIndex.KeysOf(summary).Contains((row.PartitionKey, row.RowKey));

    private bool Holds(CaseFilter filter, CaseSummary summary, Func<CaseSummary, bool> maySee) =>
        (filter.Status is null || summary.State == filter.Status)
        && (filter.Department is null || summary.Department == filter.Department)
        && (filter.AreaId is null || summary.StreetId == filter.AreaId || summary.DistrictId == filter.AreaId)
        && (!filter.Overdue || summary.DueAt < clock.GetUtcNow())
        && maySee(summary);
}
