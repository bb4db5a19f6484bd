using CityBrain.Rehearsal.Sample;

namespace CityBrain.Rehearsal.Plan;

/// <summary>Casts the rows of the sample: who sends what when, and when the real department replied. Pure, and the same for the same seed.</summary>
internal static class Planner
{
    /// <summary>Agencies hand over what came to their own desks this often, all at once; only what takes them longer than a day can wait so long.</summary>
    private static readonly TimeSpan BatchEvery = TimeSpan.FromHours(6);

    private static readonly TimeSpan CanWait = TimeSpan.FromDays(1);

    /// <summary>The appeals, in the order in which they are sent.</summary>
    public static IReadOnlyList<PlannedAppeal> Plan(IEnumerable<ServiceRequest> rows, TimeZoneInfo zone, int seed) =>
        [.. rows.Select(row => Of(row, zone, seed)).OrderBy(planned => planned.SendAt).ThenBy(planned => planned.Row.Key, StringComparer.Ordinal)];

    private static PlannedAppeal Of(ServiceRequest row, TimeZoneInfo zone, int seed)
    {
        var created = Folding.Fold(row, zone);
        var appeal = SampleAppeal.Of(row, created);
        var inBatch = appeal.Channel == "agency" && (row.Handling ?? TimeSpan.MaxValue) > CanWait;
        return new PlannedAppeal(
            row,
            appeal,
            inBatch ? NextHandover(created, zone) : created,
            inBatch,
            created + row.Handling,
            row.Agency.ToLowerInvariant(),
            Temper.Draw(seed, row.Key));
    }

    private static DateTimeOffset NextHandover(DateTimeOffset created, TimeZoneInfo zone)
    {
        var start = Folding.Start(zone);
        return start + (BatchEvery * Math.Ceiling((created - start) / BatchEvery));
    }
}
