using System.Buffers.Text;
using System.Text;

namespace CityBrain.Cases;

/// <summary>What to list: every condition that is set must hold.</summary>
/// <param name="Status">State.</param>
/// <param name="AreaId">Area of street or district level; the case lies in it.</param>
/// <param name="Department">Department that has it, or that a whistle called to help.</param>
/// <param name="Overdue">True: only cases whose next clock has run out.</param>
/// <param name="Ended">True: ended cases instead of open ones, where the state does not say.</param>
/// <param name="Limit">Most cases in the answer, 1 to 200.</param>
/// <param name="Cursor">Where the answer before ended.</param>
public sealed record CaseFilter(CaseState? Status, string? AreaId, string? Department, bool Overdue, bool Ended, int Limit, string? Cursor);

/// <summary>A page of cases and where the next one starts; null at the end.</summary>
public sealed record CasePage(IReadOnlyList<Case> Cases, string? Cursor);

/// <summary>Lists cases from one list of the index, never by a scan of the cases.</summary>
public sealed class CaseQuery(CaseLists lists, CaseStore cases, TimeProvider clock)
{
    private const int CasesAtOnce = 64;
    private const int RowsOfAShard = 16;

    /// <summary>One page. The caller's own limits are part of <paramref name="maySee"/>.</summary>
    /// <exception cref="FormatException">The cursor was not made here.</exception>
    public async Task<CasePage> ListAsync(CaseFilter filter, Func<CaseSummary, bool> maySee, CancellationToken cancellationToken)
    {
        var page = new List<Case>();
        var last = filter.Cursor is null ? "" : Encoding.ASCII.GetString(Base64Url.DecodeFromChars(filter.Cursor));
        var places = lists.PlacesAsync(ListOf(filter), last, filter.Overdue ? CaseIndex.InstantKey(clock.GetUtcNow()) : null, RowsOfAShard, cancellationToken);
        await foreach (var some in places.Chunk(CasesAtOnce).WithCancellation(cancellationToken))
        {
            var found = await Task.WhenAll(some.Select(place => cases.FindAsync(CaseIndex.CaseIdOf(place), cancellationToken)));
            foreach (var (place, current) in some.Zip(found))
            {
                // The case may have changed since its row was read.
                if (current is null || CaseSummary.Of(current) is var summary && !Holds(filter, summary, maySee))
                {
                    continue;
                }

                if (page.Count == filter.Limit)
                {
                    return new CasePage(page, Base64Url.EncodeToString(Encoding.ASCII.GetBytes(last)));
                }

                page.Add(current);
                last = place;
            }
        }

        return new CasePage(page, null);
    }

    private static string ListOf(CaseFilter filter)
    {
        var open = !filter.Ended && !(filter.Status is { } state && CaseTransitions.IsEnd(state));
        return filter switch
        {
            { Overdue: true } => CaseIndex.DueList,
            { Department: { } department } => CaseIndex.DepartmentList(department, open),
            { AreaId: { } area } => CaseIndex.AreaList(area, open),
            { Status: { } status } => CaseIndex.StateList(status),
            _ => throw new ArgumentException("A filter needs a status, an area, a department or overdue.", nameof(filter)),
        };
    }

    private bool Holds(CaseFilter filter, CaseSummary summary, Func<CaseSummary, bool> maySee) =>
        (filter.Status is null || summary.State == filter.Status)
        && (filter.Department is null || summary.Department == filter.Department || summary.Whistles?.Any(call => call.Party == filter.Department) is true)
        && (filter.AreaId is null || summary.StreetId == filter.AreaId || summary.DistrictId == filter.AreaId)
        && (!filter.Overdue || summary.DueAt < clock.GetUtcNow())
        && maySee(summary);
}
