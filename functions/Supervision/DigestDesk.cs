using CityBrain.Cases;
using CityBrain.City;

namespace CityBrain.Supervision;

/// <summary>Tells the city and each district of its week, once in an ISO week. A crash in between tells the rest, and nobody twice.</summary>
public sealed class DigestDesk(CityTables tables, MonthFigures figures, FlagReader flags, OverdueStore overdue, ISupervisionNotices notices, CityModel city, TimeProvider clock)
{
    private const string Partition = "digest";

    /// <summary>Tells what is due; returns the digests that were told now.</summary>
    public async Task<IReadOnlyList<WeeklyDigest>> SendDueAsync(CancellationToken cancellationToken)
    {
        if (WeeklyDigest.Due(clock.GetUtcNow(), city.Calendar) is not var (week, at) || await tables.Supervision.FindAsync<DigestSent>(Partition, week, cancellationToken) is not null)
        {
            return [];
        }

        var digests = await MakeAsync(week, at, cancellationToken);
        foreach (var digest in digests)
        {
            await notices.TellAsync(digest, cancellationToken);
        }

        await tables.Supervision.TryAddAsync(Partition, week, new DigestSent(week, clock.GetUtcNow()), cancellationToken);
        return digests;
    }

    private async Task<IReadOnlyList<WeeklyDigest>> MakeAsync(string week, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var month = Month.Of(at.AddDays(-1), city.TimeZone);
        var read = (await figures.ReadAsync(month, null, cancellationToken))!;
        var facts = await flags.ReadAsync(month, cancellationToken);
        var open = await overdue.OpenAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken);
        var digests = new List<WeeklyDigest>();
        foreach (var area in city.Areas.All.Where(area => area.Level is AreaLevel.City or AreaLevel.District))
        {
            bool Lies(string? district) => area.Level is AreaLevel.City || district == area.Id;

            var by = area.Level is AreaLevel.City ? RateDimension.Department : RateDimension.Street;
            var table = RateTable.Of([.. read.Cases.Where(one => Lies(one.DistrictId))], by, read.Rules);
            var (top, bottom) = WeeklyDigest.Ranked(table);
            var steps = open.Where(entry => Lies(entry.DistrictId)).CountBy(entry => entry.Step).ToDictionary();
            var raised = facts.Of(fact => Lies(fact.DistrictId)).CountBy(flag => flag.Kind).ToDictionary();
            digests.Add(new WeeklyDigest(week, at, area.Id, month, read.DataAsOf, table.All, by, top, bottom, steps, raised));
        }

        return digests;
    }

    private sealed record DigestSent(string Week, DateTimeOffset At);
}
