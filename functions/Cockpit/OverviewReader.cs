using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Resources;
using CityBrain.Sharing;

namespace CityBrain.Cockpit;

/// <summary>
/// Reads the overview. However many screens look, the tables are read at most once a real second; each caller gets the overdue cases of
/// its own part of the city.
/// </summary>
public sealed class OverviewReader(CaseTally tally, OverdueList overdue, SweepOutbox outbox, CityModel city, TimeProvider clock)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task<Reading>? _latest;
    private long _latestAt;

    /// <summary>The overview for a caller.</summary>
    public async Task<Overview> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        var reading = await LatestAsync().WaitAsync(cancellationToken);
        return reading.Overview with { Overdue = [.. reading.Overdue.Where(summary => caller.MaySee(summary, city.Areas)).Select(ToOverdue)] };
    }

    private Task<Reading> LatestAsync()
    {
        lock (_lock)
        {
            if (_latest is null || _latest.IsFaulted || (_latest.IsCompleted && TimeProvider.System.GetElapsedTime(_latestAt) >= GoodFor))
            {
                _latestAt = TimeProvider.System.GetTimestamp();

                // Not the first caller's cancellation: others wait for the same reading.
                _latest = ReadTablesAsync(CancellationToken.None);
            }

            return _latest;
        }
    }

    private async Task<Reading> ReadTablesAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var waiting = outbox.CountAsync(cancellationToken);
        var late = overdue.ReadAsync(now, cancellationToken);
        var counters = await tally.ReadAsync(cancellationToken);
        var (count, more, longest) = await late;
        var overview = new Overview(
            city.Name,
            city.TimeZone.Id,
            now,
            await waiting,
            OverviewBuilder.Figures(counters, count, more),
            OverviewBuilder.States(counters),
            OverviewBuilder.Departments(counters, city.Departments),
            OverviewBuilder.Districts(counters, city.Areas),
            OverviewBuilder.Streets(counters),
            HandlingTimes.Histogram(counters),
            []);
        return new Reading(overview, longest);
    }

    private OverdueCase ToOverdue(CaseSummary summary) => new(
        summary.CaseId,
        summary.State,
        city.Catalogue.Find(summary.CategoryCode ?? "")?.Name,
        city.Departments.Find(summary.Department ?? "")?.Name,
        PlaceName.Of(summary.AreaId, city.Areas),
        summary.DueAt!.Value);

    private sealed record Reading(Overview Overview, IReadOnlyList<CaseSummary> Overdue);
}
