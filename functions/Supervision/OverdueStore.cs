using System.Globalization;
using Azure;
using Azure.Data.Tables;
using CityBrain.Cases;

namespace CityBrain.Supervision;

/// <summary>
/// Keeps the steps of supervision, a partition for each department. An entry is made in one transaction with a mark that stays, so there is never a
/// second one for the same case, round and step; settled, it moves from the open entries to the others. Safe for concurrent use.
/// </summary>
public sealed class OverdueStore(CityTables tables)
{
    private const string Prefix = "overdue|";
    private const string End = "overdue}";
    private const string Open = "open|";
    private const string OpenEnd = "open}";

    /// <summary>Makes an entry, once; false when it was made before.</summary>
    public async Task<bool> TryAddAsync(OverdueEntry entry, CancellationToken cancellationToken)
    {
        var partition = Prefix + entry.Department;
        try
        {
            await tables.Supervision.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Add, new TableEntity(partition, "made|" + KeyOf(entry))),
                    new(TableTransactionActionType.Add, StoredJson.Write(new TableEntity(partition, Open + KeyOf(entry)), entry)),
                ],
                cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException made) when (made.Status == 409)
        {
            return false;
        }
    }

    /// <summary>The open entries: of all departments, of one, or of one case of one.</summary>
    public IAsyncEnumerable<OverdueEntry> OpenAsync(string? department = null, string? caseId = null, CancellationToken cancellationToken = default)
    {
        var (from, to) = caseId is null ? (Open, OpenEnd) : ($"{Open}{caseId}|", $"{Open}{caseId}}}");
        var filter = department is null
            ? TableClient.CreateQueryFilter($"PartitionKey ge {Prefix} and PartitionKey lt {End} and RowKey ge {from} and RowKey lt {to}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {Prefix + department} and RowKey ge {from} and RowKey lt {to}");
        return tables.Supervision.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select(StoredJson.Read<OverdueEntry>);
    }

    /// <summary>Changes an open entry, if it still is open; returns it.</summary>
    public Task<OverdueEntry?> ChangeAsync(OverdueEntry entry, Func<OverdueEntry, OverdueEntry> change, CancellationToken cancellationToken) =>
        tables.Supervision.ChangeAsync<OverdueEntry>(Prefix + entry.Department, Open + KeyOf(entry), stored => stored is null ? null : change(stored), cancellationToken);

    /// <summary>Takes an entry off the open ones; once more changes nothing.</summary>
    public async Task SettleAsync(OverdueEntry entry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await ChangeAsync(entry, stored => stored.SettledAt is null ? stored with { SettledAt = now } : stored, cancellationToken) is not { } settled)
        {
            return;
        }

        var partition = Prefix + entry.Department;
        try
        {
            await tables.Supervision.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.UpsertReplace, StoredJson.Write(new TableEntity(partition, "done|" + KeyOf(entry)), settled)),
                    new(TableTransactionActionType.Delete, new TableEntity(partition, Open + KeyOf(entry)), ETag.All),
                ],
                cancellationToken);
        }
        catch (TableTransactionFailedException gone) when (gone.Status == 404)
        {
            // Another sweep was quicker.
        }
    }

    private static string KeyOf(OverdueEntry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.CaseId}|{entry.Round:D4}|{(int)entry.Step}");
}
