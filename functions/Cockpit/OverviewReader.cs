using CityBrain.Cases;
using CityBrain.City;
using CityBrain.Resources;
using CityBrain.Sharing;

namespace CityBrain.Cockpit;

/// <summary>
/// Reads the overview. However many screens look, the tables are read at most once a real second; each caller gets the overdue cases of
/// its own part of the city.
/// </summary>
public sealed class OverviewReader
{
    private readonly CaseTally _tally;
    private readonly OverdueList _overdue;
    private readonly CityModel _city;
    private readonly TimeProvider _clock;
    private readonly Recent<Reading> _latest;
    private readonly Recent<int> _waiting;

    /// <param name="tally">The counters.</param>
    /// <param name="overdue">The overdue cases.</param>
    /// <param name="outbox">What the counters do not yet show; it is counted less often, as it takes a query for each shard.</param>
    /// <param name="city">Names.</param>
    /// <param name="clock">The city's clock.</param>
    public OverviewReader(CaseTally tally, OverdueList overdue, SweepOutbox outbox, CityModel city, TimeProvider clock)
    {
        (_tally, _overdue, _city, _clock) = (tally, overdue, city, clock);
        _latest = new(TimeSpan.FromSeconds(1), () => ReadTablesAsync(CancellationToken.None));
        _waiting = new(TimeSpan.FromSeconds(5), async () => await outbox.CountAsync(CancellationToken.None));
    }

    /// <summary>The overview for a caller.</summary>
    public async Task<Overview> ReadAsync(Caller caller, CancellationToken cancellationToken)
    {
        var reading = await _latest.ReadAsync(cancellationToken);
        return reading.Overview with { Overdue = [.. reading.Overdue.Where(summary => caller.MaySee(summary, _city.Areas)).Select(ToOverdue)] };
    }

    private async Task<Reading> ReadTablesAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var waiting = _waiting.ReadAsync(cancellationToken);
        var late = _overdue.ReadAsync(now, cancellationToken);
        var counters = await _tally.ReadAsync(cancellationToken);
        var (count, more, longest) = await late;
        var overview = new Overview(
            _city.Name,
            _city.TimeZone.Id,
            now,
            await waiting,
            OverviewBuilder.Figures(counters, count, more),
            OverviewBuilder.States(counters),
            OverviewBuilder.Departments(counters, _city.Departments),
            OverviewBuilder.Districts(counters, _city.Areas),
            OverviewBuilder.Streets(counters),
            HandlingTimes.Histogram(counters),
            []);
        return new Reading(overview, longest);
    }

    private OverdueCase ToOverdue(CaseSummary summary) => new(
        summary.CaseId,
        summary.State,
        _city.Catalogue.Find(summary.CategoryCode ?? "")?.Name,
        _city.Departments.Find(summary.Department ?? "")?.Name,
        PlaceName.Of(summary.AreaId, _city.Areas),
        summary.DueAt!.Value);

    private sealed record Reading(Overview Overview, IReadOnlyList<CaseSummary> Overdue);
}
