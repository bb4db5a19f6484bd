using System.Globalization;
using CityBrain.Cases;
using CityBrain.City;
using CityBrain.EarlyWarning.Sensors;
using CityBrain.EarlyWarning.Warnings;
using CityBrain.Intake;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>What is known of one measure of a device.</summary>
/// <param name="DeviceId">Which device.</param>
/// <param name="Measure">Which measure.</param>
/// <param name="Watch">What its watch remembers, with the open anomalies and faults.</param>
/// <param name="Told">What early warning was told last of the open anomaly; null while there is none.</param>
public sealed record WatchedMeasure(string DeviceId, string Measure, SensorWatchState Watch, ToldFinding? Told = null);

/// <summary>What early warning was told of an anomaly.</summary>
public sealed record ToldFinding(DateTimeOffset Onset, int Score);

/// <summary>
/// Watches what devices measure. An anomaly is told to early warning when it begins, gets worse or ends; a fault is kept, and tells nobody that the city is
/// in trouble. It is told before it is kept, under a key of its own, so a crash in between tells it again and nothing comes of that. Safe for concurrent use.
/// </summary>
public sealed class DeviceDesk(CityTables tables, WatchQueue queue, WarningStore warnings, CaseStore cases, CityModel city) : IReadingListener
{
    private const string Partition = "device";
    private const int MostWarnings = 200;

    private readonly SensorSettings _settings = new() { TimeZone = city.TimeZone.Id };

    /// <inheritdoc/>
    public async Task TakeAsync(Device device, IReadOnlyList<SensorReading> readings, CancellationToken cancellationToken)
    {
        foreach (var measure in readings.GroupBy(reading => reading.Measure, StringComparer.Ordinal))
        {
            var ordered = measure.OrderBy(reading => reading.Time).ToList();
            await ChangeAsync(device, measure.Key, watch => [.. ordered.SelectMany(reading => watch.Read(reading.Time, reading.Value))], cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<string?> OpenCaseAsync(Device device, CancellationToken cancellationToken)
    {
        foreach (var kept in await warnings.ListAsync(MostWarnings, cancellationToken))
        {
            if (kept is { CaseId: { } caseId, Warning.End: null } && kept.Warning.Signs.Any(sign => sign.Subject == device.Id && sign.Kind is SignKind.Sensor)
                && await cases.FindAsync(caseId, cancellationToken) is { } found && !CaseTransitions.IsEnd(found.State))
            {
                return caseId;
            }
        }

        return null;
    }

    /// <summary>Lets time pass: silence is a fault, and what is over ends.</summary>
    public async Task AdvanceAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await foreach (var known in ListAsync(cancellationToken))
        {
            if (city.Devices.Find(known.DeviceId) is { } device && new SensorWatch(_settings, known.Watch).AdvanceTo(now).Count > 0)
            {
                await ChangeAsync(device, known.Measure, watch => watch.AdvanceTo(now), cancellationToken);
            }
        }
    }

    /// <summary>All that is watched.</summary>
    public IAsyncEnumerable<WatchedMeasure> ListAsync(CancellationToken cancellationToken) => tables.Watch.ListAsync<WatchedMeasure>(Partition, cancellationToken);

    private Task<WatchedMeasure?> ChangeAsync(Device device, string measure, Func<SensorWatch, IReadOnlyList<SensorFinding>> step, CancellationToken cancellationToken) => tables.Watch.ChangeAsync<WatchedMeasure>(
        Partition,
        $"{device.Id}|{KeyOf(measure)}",
        async before =>
        {
            var watch = new SensorWatch(_settings, before?.Watch);
            var told = before?.Told;
            foreach (var finding in step(watch).Where(finding => !finding.IsFault))
            {
                told = await TellAsync(device, measure, finding, told, cancellationToken);
            }

            return new WatchedMeasure(device.Id, measure, watch.Save(), told);
        },
        cancellationToken);

    /// <summary>Tells of a finding that is new, worse by a whole point, or over.</summary>
    private async Task<ToldFinding?> TellAsync(Device device, string measure, SensorFinding finding, ToldFinding? told, CancellationToken cancellationToken)
    {
        var score = (int)finding.Score;
        if (finding.End is null && told?.Onset == finding.Onset && told.Score >= score)
        {
            return told;
        }

        var stage = finding.End is null ? score.ToString(CultureInfo.InvariantCulture) : "end";
        var onset = finding.Onset.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var id = $"{device.Id}-{KeyOf(measure)}-{onset}";
        var sign = new WarningSign(
            id,
            SignKind.Sensor,
            device.Id,
            finding.Kind.ToString(),
            CategoriesOf(device),
            device.AreaId is { } area ? [area] : [],
            finding.Onset,
            finding.Last,
            finding.End,
            Math.Round(finding.Value, 3),
            Math.Round(finding.Expected, 3),
            Math.Round(finding.Score, 2),
            null);
        await queue.SendAsync(new WatchEntry($"device-{id}-{stage}", finding.End ?? finding.Last) { Device = new(device.Kind, sign) }, cancellationToken);
        return finding.End is null ? new(finding.Onset, score) : null;
    }

    /// <summary>What an anomaly of the device may be about: as the city's file says of its kind, else as its own rules say.</summary>
    private IReadOnlyList<string> CategoriesOf(Device device) =>
        city.Devices.CategoriesOf(device.Kind) is { Count: > 0 } known ? known
        : device.Rules.Count > 0 ? [.. device.Rules.Select(rule => rule.CatalogueCode).Distinct(StringComparer.Ordinal)]
        : [city.Catalogue.Other.Code];

    /// <summary>A name of a measure that a key may hold.</summary>
    private static string KeyOf(string measure) => string.Concat(measure.Take(64).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));
}
