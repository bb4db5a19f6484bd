using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Supervision;

/// <summary>
/// Takes the steps of supervision: finds what is due from the list by due time, makes the entries, tells of them, and settles those whose
/// reply is there. Whatever crashes, the next sweep goes on.
/// </summary>
public sealed class OverdueDesk(CaseLists lists, CaseStore cases, OverdueStore store, ISupervisionNotices notices, CityModel city, TimeProvider clock)
{
    private const int CasesAtOnce = 64;
    private const int RowsOfAShard = 128;

    /// <summary>One sweep; returns how many entries were made.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var (now, made) = (clock.GetUtcNow(), 0);
        var soon = lists.PlacesAsync(CaseIndex.DueList, "", CaseIndex.InstantKey(OverdueLadder.Horizon(now, city.Calendar)), RowsOfAShard, cancellationToken);
        await foreach (var some in soon.Chunk(CasesAtOnce).WithCancellation(cancellationToken))
        {
            var found = await Task.WhenAll(some.Select(place => cases.FindAsync(CaseIndex.CaseIdOf(place), cancellationToken)));
            foreach (var entry in found.OfType<Case>().SelectMany(current => EntriesOf(current, now, city.Calendar)))
            {
                made += await store.TryAddAsync(entry, cancellationToken) ? 1 : 0;
            }
        }

        await foreach (var entry in store.OpenAsync(cancellationToken: cancellationToken))
        {
            await TendAsync(entry, now, cancellationToken);
        }

        return made;
    }

    /// <summary>The entries that a case ought to have by now. Pure.</summary>
    public static IEnumerable<OverdueEntry> EntriesOf(Case current, DateTimeOffset now, WorkingCalendar calendar) =>
        current is { State: CaseState.Dispatched or CaseState.Accepted or CaseState.Handling, Assignment: { } assignment, Triage: var triage }
            ? OverdueLadder.Reached(assignment.Clocks.StartedAt, assignment.Clocks.ResolveDue, now, calendar).Select(step => new OverdueEntry(
                current.Id, assignment.Round, step, assignment.Department, triage?.AreaId, triage?.DistrictId, triage?.CategoryCode, assignment.Clocks.ResolveDue, now, current.Version))
            : [];

    private async Task TendAsync(OverdueEntry entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var current = await cases.FindAsync(entry.CaseId, cancellationToken);
        var isTheirs = current is { State: CaseState.Dispatched or CaseState.Accepted or CaseState.Handling or CaseState.Suspended, Assignment: { } assignment }
            && assignment.Round == entry.Round && assignment.Department == entry.Department;
        if (!isTheirs)
        {
            await store.SettleAsync(entry, now, cancellationToken);
        }
        else if (!entry.Told)
        {
            await notices.TellAsync(entry, cancellationToken);
            await store.ChangeAsync(entry, stored => stored with { Told = true }, cancellationToken);
        }
    }
}
