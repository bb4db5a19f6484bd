using CityBrain.Cases;

namespace CityBrain.Burden;

/// <summary>
/// Counts the open tasks of a worker, and holds a seat for a task that is on its way to it: so of many dispatches at one moment no more get through
/// than the cap allows. The list of tasks is the truth; a seat is held for the moment until the task is in it. Safe for concurrent use.
/// </summary>
public sealed class TaskSeats(CityTables tables, CaseLists lists, TimeProvider clock)
{
    private const string Partition = "seats";
    private const int RowsOfAShard = 32;

    /// <summary>A dispatch takes no longer, or begins anew.</summary>
    private static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(2);

    /// <summary>Takes a seat for a case unless that would go over the cap; taking it again is taking it once.</summary>
    /// <param name="worker">A grid worker or a community.</param>
    /// <param name="caseId">The task.</param>
    /// <param name="cap">Open tasks at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it is taken, and how many other tasks there are.</returns>
    public async Task<(bool Taken, int Open)> TakeAsync(string worker, string caseId, int cap, CancellationToken cancellationToken)
    {
        (bool Taken, int Open) outcome = default;
        await tables.Burden.ChangeAsync<Seats>(
            Partition,
            worker,
            async seats =>
            {
                // The seats were read first: whoever takes one while the list is read changes them, and this one tries again.
                var tasks = await TasksOfAsync(worker, cancellationToken);
                var now = clock.GetUtcNow();
                var held = (seats?.Held ?? []).Where(seat => seat.Until > now && seat.CaseId != caseId && !tasks.Contains(seat.CaseId)).ToList();
                var open = tasks.Count(task => task != caseId) + held.Count;
                var hasIt = tasks.Contains(caseId);
                outcome = (hasIt || open < cap, open);
                return hasIt || open >= cap ? seats : new Seats([.. held, new Seat(caseId, now + HeldFor)]);
            },
            cancellationToken);
        return outcome;
    }

    /// <summary>How many open tasks each worker has; those without any are left out.</summary>
    public async Task<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var place in lists.PlacesAsync(CaseIndex.TaskLists, "", null, 1000, cancellationToken))
        {
            var worker = place[..place.IndexOf('|', StringComparison.Ordinal)];
            counts[worker] = counts.GetValueOrDefault(worker) + 1;
        }

        return counts;
    }

    /// <summary>The open tasks of a worker.</summary>
    public async Task<IReadOnlySet<string>> TasksOfAsync(string worker, CancellationToken cancellationToken) =>
        await lists.PlacesAsync(CaseIndex.TaskList(worker), "", null, RowsOfAShard, cancellationToken).Select(CaseIndex.CaseIdOf).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);

    private sealed record Seats(IReadOnlyList<Seat> Held);

    private sealed record Seat(string CaseId, DateTimeOffset Until);
}
