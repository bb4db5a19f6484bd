using System.Globalization;
using Azure.Data.Tables;
using CityBrain.City;
using Microsoft.DurableTask.Client;

namespace CityBrain.Cases;

/// <summary>
/// Keeps the rows by which cases are listed: by state, department, street, district and due time. A delivery moves a case from the rows of
/// the version before to those of its own, touching only what differs; one that comes late goes on to the current version. So once all is
/// delivered the rows are those of the current versions; until then readers drop rows that are not the case's own.
/// </summary>
public sealed class CaseIndex(CityTables tables, CityModel city) : IOutboxHandler
{
    /// <summary>Partition of the open cases by their next due time.</summary>
    public const string DuePartition = "due";

    /// <inheritdoc/>
    public async Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        await MoveAsync(entry.Before, entry.After, cancellationToken);

        // After the rows are there: whoever writes the next version later than this look moves the case on with its own delivery.
        for (var at = entry.After; await NewerAsync(at, cancellationToken) is { } newer; at = newer)
        {
            await MoveAsync(at, newer, cancellationToken);
        }
    }

    /// <summary>The case of a row.</summary>
    public static string CaseIdOf(TableEntity row) => row.RowKey[(row.RowKey.LastIndexOf('|') + 1)..];

    /// <summary>Partition of the cases in a state.</summary>
    public static string StatePartition(CaseState state) => "state|" + state;

    /// <summary>Partition of the cases of a department.</summary>
    public static string DepartmentPartition(string department, bool open) => $"dept|{department}|{Openness(open)}";

    /// <summary>Partition of the cases of a street- or district-level area.</summary>
    public static string AreaPartition(string areaId, bool open) => $"area|{areaId}|{Openness(open)}";

    /// <summary>Row key that sorts by an instant.</summary>
    public static string InstantKey(DateTimeOffset instant) => instant.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The rows that a case has.</summary>
    public static IEnumerable<(string Partition, string Row)> KeysOf(CaseSummary summary)
    {
        var open = !CaseTransitions.IsEnd(summary.State);
        var newestFirst = $"{(DateTimeOffset.MaxValue.UtcTicks - summary.FiledAt.UtcTicks).ToString("D19", CultureInfo.InvariantCulture)}|{summary.CaseId}";
        yield return (StatePartition(summary.State), newestFirst);
        if (summary.Department is { } department)
        {
            yield return (DepartmentPartition(department, open), newestFirst);
        }

        foreach (var area in new[] { summary.StreetId, summary.DistrictId })
        {
            if (area is not null)
            {
                yield return (AreaPartition(area, open), newestFirst);
            }
        }

        if (summary.DueAt is { } due)
        {
            yield return (DuePartition, $"{InstantKey(due)}|{summary.CaseId}");
        }
    }

    private async Task MoveAsync(CaseSummary? from, CaseSummary to, CancellationToken cancellationToken)
    {
        var had = from is null ? [] : KeysOf(from).ToHashSet();
        var wanted = KeysOf(to).ToHashSet();
        await Task.WhenAll(wanted.Except(had).Select(key => tables.CaseIndex.UpsertEntityAsync(new TableEntity(key.Partition, key.Row), TableUpdateMode.Replace, cancellationToken)));
        await Task.WhenAll(had.Except(wanted).Select(key => tables.CaseIndex.DeleteEntityAsync(key.Partition, key.Row, cancellationToken: cancellationToken)));
    }

    /// <summary>The case as it is now, when it has moved on; looked for by the next step of its history, which is small.</summary>
    private async Task<CaseSummary?> NewerAsync(CaseSummary summary, CancellationToken cancellationToken)
    {
        var partition = CaseKeys.Partition(summary.CaseId);
        var next = await tables.Cases.GetEntityIfExistsAsync<TableEntity>(partition, CaseKeys.HistoryRow(summary.CaseId, summary.Version + 1), ["RowKey"], cancellationToken);
        return next.HasValue
            ? CaseSummary.Of(StoredJson.Read<Case>(await tables.Cases.GetEntityAsync<TableEntity>(partition, CaseKeys.CaseRow(summary.CaseId), cancellationToken: cancellationToken)), city.Areas)
            : null;
    }

    private static string Openness(bool open) => open ? "open" : "done";
}
