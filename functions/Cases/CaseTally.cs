using System.Globalization;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;

namespace CityBrain.Cases;

/// <summary>
/// Counts cases as they change, without ever scanning them. A shard holds the sums of its cases and what each case contributes; one
/// transaction swaps a case's contribution, so a repeated or overtaken delivery changes nothing.
/// </summary>
public sealed class CaseTally(CityTables tables) : IOutboxHandler
{
    private const int Shards = 64;
    private const string SumRow = "sum";

    /// <summary>Upper bounds of the handling-time histogram, in hours from filing to end.</summary>
    public static IReadOnlyList<double> HandlingHours { get; } = [1, 4, 8, 24, 72, 168, 360, 720, 2160];

    /// <inheritdoc/>
    public async Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        while (!await TryCountAsync(entry.After, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The city's counters, all shards added up.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(CancellationToken cancellationToken)
    {
        var total = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var rows = await Task.WhenAll(Enumerable.Range(0, Shards).Select(shard =>
            tables.CaseTally.GetEntityIfExistsAsync<TableEntity>(CaseKeys.ShardName(shard), SumRow, cancellationToken: cancellationToken)));
        foreach (var row in rows.Where(row => row.HasValue))
        {
            Add(total, StoredJson.Read<Dictionary<string, long>>(row.Value!), 1);
        }

        return total;
    }

    /// <summary>What one case adds to the counters.</summary>
    public static IReadOnlyDictionary<string, long> ContributionOf(CaseSummary summary)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal) { ["cases"] = 1, ["state:" + summary.State] = 1, ["kind:" + summary.Kind] = 1 };
        var open = !CaseTransitions.IsEnd(summary.State);
        if (summary.Department is { } department)
        {
            counts[$"department:{department}:{(open ? "open" : "done")}"] = 1;
        }

        if (summary.DistrictId is { } district)
        {
            counts[$"district:{district}:{(open ? "open" : "done")}"] = 1;
        }

        if (open && summary.StreetId is { } street)
        {
            counts[$"street:{street}:open"] = 1;
        }

        if (summary is { State: CaseState.Closed, EndedAt: { } ended })
        {
            var hours = (ended - summary.FiledAt).TotalHours;
            counts["closed:" + (summary.Solved is true ? "solved" : "unanswered")] = 1;
            counts["closed:minutes"] = (long)(hours * 60);
            counts["closed:hours<=" + (HandlingHours.FirstOrDefault(bound => hours <= bound) is var bound and > 0 ? bound.ToString(CultureInfo.InvariantCulture) : "more")] = 1;
            counts["closed:" + (summary.ResolveDue is { } due && ended > due ? "late" : "inTime")] = 1;
        }

        return counts;
    }

    /// <summary>False when another delivery changed the shard at the same moment.</summary>
    private async Task<bool> TryCountAsync(CaseSummary summary, CancellationToken cancellationToken)
    {
        var shard = CaseKeys.ShardName(CaseKeys.ShardOf(summary.CaseId, Shards));
        var caseRow = "c|" + summary.CaseId;
        var reads = await Task.WhenAll(
            tables.CaseTally.GetEntityIfExistsAsync<TableEntity>(shard, SumRow, cancellationToken: cancellationToken),
            tables.CaseTally.GetEntityIfExistsAsync<TableEntity>(shard, caseRow, cancellationToken: cancellationToken));
        var (sums, counted) = (reads[0].HasValue ? reads[0].Value : null, reads[1].HasValue ? reads[1].Value : null);
        if (counted?.GetInt32("Version") >= summary.Version)
        {
            return true;
        }

        var total = sums is null ? new(StringComparer.Ordinal) : StoredJson.Read<SortedDictionary<string, long>>(sums);
        var contribution = ContributionOf(summary);
        if (counted is not null)
        {
            Add(total, CityJson.Read<Dictionary<string, long>>(counted.GetString("Counts")), -1);
        }

        Add(total, contribution, 1);
        try
        {
            await tables.CaseTally.SubmitTransactionAsync(
                [
                    Put(StoredJson.Write(new TableEntity(shard, SumRow), total), sums),
                    Put(new TableEntity(shard, caseRow) { ["Version"] = summary.Version, ["Counts"] = CityJson.Write(contribution) }, counted),
                ],
                cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException conflict) when (conflict.Status is 409 or 412)
        {
            return false;
        }
    }

    private static TableTransactionAction Put(TableEntity next, TableEntity? seen) => seen is null
        ? new TableTransactionAction(TableTransactionActionType.Add, next)
        : new TableTransactionAction(TableTransactionActionType.UpdateReplace, next, seen.ETag);

    private static void Add(SortedDictionary<string, long> total, IReadOnlyDictionary<string, long> counts, int sign)
    {
        foreach (var (name, count) in counts)
        {
            var sum = (total.TryGetValue(name, out var have) ? have : 0) + (sign * count);
            if (sum == 0)
            {
                total.Remove(name);
            }
            else
            {
                total[name] = sum;
            }
        }
    }
}
