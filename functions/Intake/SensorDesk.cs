using System.Globalization;
using Azure.Data.Tables;
using CityBrain.Cases;
using CityBrain.City;
using Microsoft.DurableTask.Client;

namespace CityBrain.Intake;

/// <summary>
/// Feeds readings to the rules of their device and turns trips into cases: at most one open case for a device and rule, and none where a warning of
/// the device has one. The case is filed
/// before the rule's state is stored, under an id made of device, rule and onset, so a crash or a repeated delivery files nothing twice.
/// </summary>
public sealed class SensorDesk(CityTables tables, CaseStore cases, IReadingListener listener, CityModel city)
{
    private const int Attempts = 10;

    /// <summary>Takes readings of one device, in any order.</summary>
    public async Task TakeAsync(Device device, IReadOnlyList<SensorReading> readings, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        for (var attempt = 1; !await TryTakeAsync(device, readings, durable, cancellationToken); attempt++)
        {
            if (attempt == Attempts)
            {
                throw new InvalidOperationException($"The rules of device {device.Id} are changed from too many sides at once.");
            }
        }
    }

    /// <summary>The open case of one of the rules of a device; null when there is none.</summary>
    public async Task<string?> OpenCaseAsync(string deviceId, CancellationToken cancellationToken)
    {
        await foreach (var row in tables.DeviceRules.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {deviceId}"), cancellationToken: cancellationToken))
        {
            if (CityJson.Read<RuleState>(row.GetString("State")).CaseId is { } caseId && await IsOpenAsync(caseId, cancellationToken))
            {
                return caseId;
            }
        }

        return null;
    }

    /// <summary>False when another delivery changed a rule's state at the same moment.</summary>
    private async Task<bool> TryTakeAsync(Device device, IReadOnlyList<SensorReading> readings, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var stored = new Dictionary<string, TableEntity>(StringComparer.Ordinal);
        await foreach (var row in tables.DeviceRules.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {device.Id}"), cancellationToken: cancellationToken))
        {
            stored[row.RowKey] = row;
        }

        var writes = new List<TableTransactionAction>();
        foreach (var rule in device.Rules)
        {
            var seen = stored.GetValueOrDefault(rule.Id);
            var before = seen is null ? RuleState.Initial : CityJson.Read<RuleState>(seen.GetString("State"));
            var state = before;
            foreach (var reading in readings.Where(reading => reading.Measure == rule.Measure).OrderBy(reading => reading.Time))
            {
                (state, var signal) = state.After(reading, rule);
                state = await ActAsync(signal, state, device, rule, reading, durable, cancellationToken);
            }

            if (state != before)
            {
                var next = new TableEntity(device.Id, rule.Id) { ["State"] = CityJson.Write(state) };
                writes.Add(seen is null
                    ? new TableTransactionAction(TableTransactionActionType.Add, next)
                    : new TableTransactionAction(TableTransactionActionType.UpdateReplace, next, seen.ETag));
            }
        }

        try
        {
            if (writes.Count > 0)
            {
                await tables.DeviceRules.SubmitTransactionAsync(writes, cancellationToken);
            }

            return true;
        }
        catch (TableTransactionFailedException conflict) when (conflict.Status is 409 or 412)
        {
            return false;
        }
    }

    private async Task<RuleState> ActAsync(RuleSignal signal, RuleState state, Device device, DeviceRule rule, SensorReading reading, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        switch (signal)
        {
            case RuleSignal.Trip when await IsOpenAsync(state.CaseId, cancellationToken):
                await cases.ChangeAsync(state.CaseId!, new NoteTrippedAgain(reading.Time), Actor.Sensors, durable, cancellationToken: cancellationToken);
                return state;
            case RuleSignal.Trip when await listener.OpenCaseAsync(device, cancellationToken) is { } warned:
                return state with { CaseId = warned };
            case RuleSignal.Trip:
                var (filed, _) = await cases.FileAsync(DraftOf(state.Since!.Value, device, rule, reading), Actor.Sensors, durable, cancellationToken);
                return state with { CaseId = filed.Id };
            case RuleSignal.Clear when state.CaseId is { } caseId:
                await cases.ChangeAsync(caseId, new NoteCleared(reading.Time), Actor.Sensors, durable, cancellationToken: cancellationToken);
                return state;
            default:
                return state;
        }
    }

    private async Task<bool> IsOpenAsync(string? caseId, CancellationToken cancellationToken) =>
        caseId is not null && await cases.FindAsync(caseId, cancellationToken) is { } found && !CaseTransitions.IsEnd(found.State);

    private Case DraftOf(DateTimeOffset onset, Device device, DeviceRule rule, SensorReading reading)
    {
        var sourceId = $"{device.Id}/{rule.Id}/{onset.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}";
        var item = city.Catalogue.Find(rule.CatalogueCode) ?? city.Catalogue.Other;
        return new Case
        {
            Id = CaseKeys.CaseId("sensor", sourceId),
            Origin = new CaseOrigin(OriginKind.Sensor, "sensor", sourceId),
            Title = $"{item.Name.En} · {device.Name.En}",
            Text = string.Create(CultureInfo.InvariantCulture, $"{device.Name.En} {device.Name.Zh}: {rule.Measure} {reading.Value:0.###}, threshold {rule.Threshold:0.###}, since {onset:O}."),
            OccurredAt = onset,
            Point = new GeoPoint(device.Latitude, device.Longitude),
        };
    }
}
