using CityBrain.City;
using CityBrain.EarlyWarning.Warnings;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.EarlyWarning;

/// <summary>Every day: tells the duty officers which warnings go on. A day without any is told of by nobody.</summary>
public sealed class SendWarningDigest(WarningStore store, IWarningNotices notices, CityModel city, TimeProvider clock)
{
    private const int MostRead = 1000;
    private const int MostLines = 20;

    /// <summary>Tells of the day; the same day again is the same notice.</summary>
    [Function(nameof(SendWarningDigest))]
    public async Task RunAsync([TimerTrigger("0 15 0 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var all = await store.ListAsync(MostRead, cancellationToken);
        var lines = all.Where(kept => kept.Warning.End is null).OrderByDescending(kept => kept.Warning.Level).ThenByDescending(kept => kept.Warning.Parts.Index).Take(MostLines).Select(LineOf).ToList();
        if (lines.Count > 0)
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, city.TimeZone).DateTime);
            await notices.TellAsync(new WarningDigest(day, now, lines, WarningPrecision.Of([.. all.Select(kept => kept.Ruling?.Disposition)])), cancellationToken);
        }
    }

    private static WarningLine LineOf(KeptWarning kept)
    {
        var warning = kept.Warning;
        return new(warning.Id, warning.Level, warning.CategoryCode, warning.Areas.Count > 0 ? warning.Areas[0] : null, warning.Reporters, warning.Devices, kept.Ruling?.Disposition is not null);
    }
}
