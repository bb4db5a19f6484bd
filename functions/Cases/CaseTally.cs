using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace CityBrain.Cases;

/// <summary>
/// Counts cases as they change, without ever scanning them. What an outbox entry adds to the counters of its shard is written in the
/// transaction that deletes the entry, so each change counts exactly once, in whatever order. Safe for concurrent use.
/// </summary>
public sealed class CaseTally(CityTables tables)
{
    private const string Prefix = "t|";
    private const string End = "t}";
    private const string Count = "Count";

    /// <summary>Most actions in one entity-group transaction.</summary>
    private const int MostActions = 100;

    private readonly ShardCounters[] _shards = [.. CaseKeys.ShardNames.Select(name => new ShardCounters(name))];

    /// <summary>Upper bounds of the handling-time histogram, in hours from filing to end.</summary>
    public static IReadOnlyList<double> HandlingHours { get; } = [1, 4, 8, 24, 72, 168, 360, 720, 2160];

    /// <summary>Counts what the entries of one shard say and takes them off the outbox, in one step; an entry that is already off counts no more.</summary>
    public async Task SettleAsync(IReadOnlyList<OutboxEntry> entries, CancellationToken cancellationToken)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var shard = _shards[CaseKeys.ShardOf(entries[0].After.CaseId)];
        await shard.Gate.WaitAsync(cancellationToken);
        try
        {
            await SettleAsync(shard, entries, cancellationToken);
        }
        finally
        {
            shard.Gate.Release();
        }
    }

    /// <summary>The city's counters, all shards added up.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(CancellationToken cancellationToken)
    {
        var total = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var rows in await Task.WhenAll(CaseKeys.ShardNames.Select(shard => RowsOfAsync(shard, cancellationToken))))
        {
            Add(total, rows.Select(row => KeyValuePair.Create(NameOf(row), CountOf(row))), 1);
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

    private async Task SettleAsync(ShardCounters shard, IReadOnlyList<OutboxEntry> entries, CancellationToken cancellationToken)
    {
        while (entries.Count > 0)
        {
            var known = shard.Known ??= (await RowsOfAsync(shard.Name, cancellationToken)).ToDictionary(NameOf, row => (CountOf(row), row.ETag), StringComparer.Ordinal);
            var changed = ChangesBy(entries);
            if (entries.Count + changed.Count > MostActions && entries.Count > 1)
            {
                await SettleAsync(shard, [.. entries.Take(entries.Count / 2)], cancellationToken);
                entries = [.. entries.Skip(entries.Count / 2)];
                continue;
            }

            var puts = changed.Select(change => shard.Put(change.Key, change.Value)).ToList();
            try
            {
                var answers = await tables.Cases.SubmitTransactionAsync([.. entries.Select(entry => Removal(shard.Name, entry)), .. puts], cancellationToken);
                for (var i = 0; i < puts.Count; i++)
                {
                    var row = (TableEntity)puts[i].Entity;
                    known[NameOf(row)] = (CountOf(row), answers.Value[entries.Count + i].Headers.ETag!.Value);
                }

                return;
            }
            catch (TableTransactionFailedException gone) when (gone.Status == 404 && gone.FailedTransactionActionIndex < entries.Count)
            {
                // Another process has settled this one.
                entries = [.. entries.Where((_, i) => i != gone.FailedTransactionActionIndex)];
            }
            catch (TableTransactionFailedException conflict) when (conflict.Status is 404 or 409 or 412)
            {
                // Another process has counted in this shard.
                shard.Known = null;
            }
            catch
            {
                // Nobody knows whether it was written.
                shard.Known = null;
                throw;
            }
        }
    }

    private static SortedDictionary<string, long> ChangesBy(IReadOnlyList<OutboxEntry> entries)
    {
        var changes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            Add(changes, ContributionOf(entry.After), 1);
            if (entry.Before is { } before)
            {
                Add(changes, ContributionOf(before), -1);
            }
        }

        return changes;
    }

    private static TableTransactionAction Removal(string shard, OutboxEntry entry) =>
        new(TableTransactionActionType.Delete, new TableEntity(shard, CaseKeys.OutboxRow(entry.After.CaseId, entry.After.Version)), ETag.All);

    private Task<List<TableEntity>> RowsOfAsync(string shard, CancellationToken cancellationToken) =>
        tables.Cases.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {Prefix} and RowKey lt {End}"), cancellationToken: cancellationToken).ToListAsync(cancellationToken).AsTask();

    private static string NameOf(TableEntity row) => row.RowKey[Prefix.Length..];

    private static long CountOf(TableEntity row) => row.GetInt64(Count)!.Value;

    private static void Add(SortedDictionary<string, long> total, IEnumerable<KeyValuePair<string, long>> counts, int sign)
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

    /// <summary>The counters of one shard as this process last wrote or read them; one transaction at a time.</summary>
    private sealed class ShardCounters(string name)
    {
        public string Name => name;

        public SemaphoreSlim Gate { get; } = new(1);

        public Dictionary<string, (long Count, ETag ETag)>? Known { get; set; }

        /// <summary>The action that changes a counter by a number.</summary>
        public TableTransactionAction Put(string counter, long change) => Known!.TryGetValue(counter, out var now)
            ? new(TableTransactionActionType.UpdateReplace, Row(counter, now.Count + change), now.ETag)
            : new(TableTransactionActionType.Add, Row(counter, change));

        private TableEntity Row(string counter, long count) => new(name, Prefix + counter) { [CaseTally.Count] = count };
    }
}
