using System.Globalization;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;

namespace CityBrain.Cases;

/// <summary>
/// Keeps the rows by which cases are listed: by state, department, street, district and due time. Each version of a case has rows of its
/// own, and the next version deletes them. A late or repeated delivery that finds a next version takes its own rows away again, so once all
/// is delivered the rows are those of the current versions; until then readers drop rows whose version is not the case's.
/// </summary>
public sealed class CaseIndex(CityTables tables) : IOutboxHandler
{
    /// <summary>Partition of the open cases by their next due time.</summary>
    public const string DuePartition = "due";

    /// <inheritdoc/>
    public async Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        await Task.WhenAll(KeysOf(entry.After).Select(key => tables.CaseIndex.UpsertEntityAsync(RowOf(key, entry.After), TableUpdateMode.Replace, cancellationToken)));
        if (entry.Before is { } before)
        {
            await DeleteAsync(before, cancellationToken);
        }

        // After the rows are there: whoever writes the next version later than this look deletes them with its own delivery.
        if (await IsPastAsync(entry.After, cancellationToken))
        {
            await DeleteAsync(entry.After, cancellationToken);
        }
    }

    /// <summary>Partition of the cases in a state.</summary>
    public static string StatePartition(CaseState state) => "state|" + state;

    /// <summary>Partition of the cases of a department.</summary>
    public static string DepartmentPartition(string department, bool open) => $"dept|{department}|{Openness(open)}";

    /// <summary>Partition of the cases of a street- or district-level area.</summary>
    public static string AreaPartition(string areaId, bool open) => $"area|{areaId}|{Openness(open)}";

    /// <summary>Row key that sorts by an instant.</summary>
    public static string InstantKey(DateTimeOffset instant) => instant.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The rows that one version of a case has.</summary>
    public static IEnumerable<(string Partition, string Row)> KeysOf(CaseSummary summary)
    {
        var open = !CaseTransitions.IsEnd(summary.State);
        var suffix = $"|{summary.CaseId}|{summary.Version:D6}";
        var newestFirst = (DateTimeOffset.MaxValue.UtcTicks - summary.FiledAt.UtcTicks).ToString("D19", CultureInfo.InvariantCulture) + suffix;
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
            yield return (DuePartition, InstantKey(due) + suffix);
        }
    }

    private async Task DeleteAsync(CaseSummary summary, CancellationToken cancellationToken) =>
        await Task.WhenAll(KeysOf(summary).Select(key => tables.CaseIndex.DeleteEntityAsync(key.Partition, key.Row, cancellationToken: cancellationToken)));

    private async Task<bool> IsPastAsync(CaseSummary summary, CancellationToken cancellationToken)
    {
        var next = CaseKeys.HistoryRow(summary.CaseId, summary.Version + 1);
        return (await tables.Cases.GetEntityIfExistsAsync<TableEntity>(CaseKeys.Partition(summary.CaseId), next, ["RowKey"], cancellationToken)).HasValue;
    }

    private static string Openness(bool open) => open ? "open" : "done";

    private static TableEntity RowOf((string Partition, string Row) key, CaseSummary summary) => new(key.Partition, key.Row)
    {
        ["CaseId"] = summary.CaseId,
        ["Version"] = summary.Version,
        ["State"] = summary.State.ToString(),
        ["Department"] = summary.Department!,
        ["StreetId"] = summary.StreetId!,
        ["DistrictId"] = summary.DistrictId!,
        ["DueAt"] = summary.DueAt!,
    };
}
