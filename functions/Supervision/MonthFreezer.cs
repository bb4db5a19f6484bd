using CityBrain.City;
using Microsoft.Extensions.Options;

namespace CityBrain.Supervision;

/// <summary>Freezes months, and corrects frozen ones by a further snapshot.</summary>
public sealed class MonthFreezer(LiveMonths live, SnapshotStore snapshots, CityModel city, IOptions<SupervisionOptions> options, TimeProvider clock)
{
    /// <summary>Months back that are looked at: what an app missed while it was down is frozen when it is back.</summary>
    private const int MonthsBack = 3;

    private const int Attempts = 10;

    /// <summary>Freezes every month that is due and has cases; returns those that were frozen now.</summary>
    public async Task<IReadOnlyList<MonthSnapshot>> FreezeDueAsync(CancellationToken cancellationToken)
    {
        var frozen = new List<MonthSnapshot>();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), city.TimeZone).DateTime);
        for (var month = Month.Of(today).Plus(-MonthsBack); month != Month.Of(today); month = month.Plus(1))
        {
            if (today < MonthSnapshot.DayFor(month, options.Value.GraceDays, city.Calendar) || await snapshots.OfMonthAsync(month, cancellationToken) is { Count: > 0 })
            {
                continue;
            }

            var content = await live.ReadAsync(month, cancellationToken);
            var first = SnapshotOf(content, 1, "calendar", null);
            if (content.Cases.Count > 0 && await snapshots.TryAddAsync(first, content.Cases, cancellationToken))
            {
                frozen.Add(first);
            }
        }

        return frozen;
    }

    /// <summary>
    /// A further snapshot of a frozen month, of what is known of it now; the newest one itself when nothing has changed, null when the month
    /// is not frozen.
    /// </summary>
    public async Task<(MonthSnapshot Snapshot, bool Added)?> CorrectAsync(Month month, string reason, string by, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await snapshots.OfMonthAsync(month, cancellationToken) is not [.., var newest])
            {
                return null;
            }

            var content = await live.ReadAsync(month, cancellationToken);
            var next = SnapshotOf(content with { Rules = newest.Rules }, newest.Number + 1, by, reason);
            if (next.Hash == newest.Hash)
            {
                return (newest, false);
            }

            if (await snapshots.TryAddAsync(next, content.Cases, cancellationToken))
            {
                return (next, true);
            }
        }

        throw new InvalidOperationException($"The month {month} is corrected from too many sides at once.");
    }

    private static MonthSnapshot SnapshotOf(RatedMonth content, int number, string by, string? reason) =>
        new(content.Month, number, MonthSnapshot.HashOf(content.Rules, content.Cases), content.DataAsOf, content.Rules, content.Cases.Count, by, reason);
}
