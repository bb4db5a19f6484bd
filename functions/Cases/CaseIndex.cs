using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace CityBrain.Cases;

/// <summary>
/// The rows by which cases are listed: by state, department, street, district and due time. They lie in the partition of their case and move
/// in the transaction that changes it, so a list is never behind. A list of the city is the lists of all shards merged.
/// </summary>
public static class CaseIndex
{
    /// <summary>List of the open cases by their next due time.</summary>
    public const string DueList = Prefix + "due|";

    /// <summary>The lists of open tasks of all grid workers and communities, worker by worker.</summary>
    public const string TaskLists = Prefix + "task|";

    private const string Prefix = "i|";

    /// <summary>List of the cases in a state, newest first.</summary>
    public static string StateList(CaseState state) => $"{Prefix}state|{state}|";

    /// <summary>List of the cases that a department has or was called to help with, newest first.</summary>
    public static string DepartmentList(string department, bool open) => $"{Prefix}dept|{department}|{Openness(open)}|";

    /// <summary>List of the cases of a street- or district-level area, newest first.</summary>
    public static string AreaList(string areaId, bool open) => $"{Prefix}area|{areaId}|{Openness(open)}|";

    /// <summary>List of the open tasks of a grid worker or a community.</summary>
    public static string TaskList(string worker) => $"{TaskLists}{worker}|";

    /// <summary>Place in a list that sorts by an instant.</summary>
    public static string InstantKey(DateTimeOffset instant) => instant.UtcTicks.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>Place in a list that sorts by an instant, the newest first.</summary>
    public static string NewestFirstKey(DateTimeOffset instant) => (DateTimeOffset.MaxValue.UtcTicks - instant.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>The case of a row.</summary>
    public static string CaseIdOf(string row) => row[(row.LastIndexOf('|') + 1)..];

    /// <summary>The rows that a case has.</summary>
    public static IEnumerable<string> RowsOf(CaseSummary summary)
    {
        var open = !CaseTransitions.IsEnd(summary.State);
        var newestFirst = $"{NewestFirstKey(summary.FiledAt)}|{summary.CaseId}";
        yield return StateList(summary.State) + newestFirst;
        foreach (var department in (summary.Whistles ?? []).Select(call => call.Party).Append(summary.Department).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            yield return DepartmentList(department, open) + newestFirst;
        }

        if (summary.Worker is { } worker)
        {
            yield return TaskList(worker) + newestFirst;
        }

        foreach (var area in new[] { summary.StreetId, summary.DistrictId })
        {
            if (area is not null)
            {
                yield return AreaList(area, open) + newestFirst;
            }
        }

        if (summary.DueAt is { } due)
        {
            yield return $"{DueList}{InstantKey(due)}|{summary.CaseId}";
        }
    }

    /// <summary>What moves a case from the rows of one version to those of the next, touching only what differs.</summary>
    public static IEnumerable<TableTransactionAction> Moves(CaseSummary? from, CaseSummary to)
    {
        var partition = CaseKeys.Partition(to.CaseId);
        var had = from is null ? [] : RowsOf(from).ToHashSet(StringComparer.Ordinal);
        foreach (var row in RowsOf(to).Where(row => !had.Remove(row)))
        {
            yield return new(TableTransactionActionType.UpsertReplace, new TableEntity(partition, row));
        }

        foreach (var row in had)
        {
            yield return new(TableTransactionActionType.Delete, new TableEntity(partition, row), ETag.All);
        }
    }

    private static string Openness(bool open) => open ? "open" : "done";
}
