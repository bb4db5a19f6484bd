using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Cases;

/// <summary>Delivers outbox entries that the dispatcher left behind: after a crash or a failure.</summary>
public sealed class SweepOutbox(CityTables tables, OutboxDispatcher dispatcher)
{
    /// <summary>An entry younger than this is still on its fast way.</summary>
    private static readonly TimeSpan FastWay = TimeSpan.FromSeconds(30);

    /// <summary>What was written before this process started has no fast way here any more.</summary>
    private readonly DateTimeOffset _started = TimeProvider.System.GetUtcNow();

    /// <summary>Every half minute, and once when the app starts.</summary>
    [Function(nameof(SweepOutbox))]
    public Task RunAsync(
        [TimerTrigger("*/30 * * * * *", RunOnStartup = true)] TimerInfo timer,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken) =>
        SweepAsync(durable, Later(_started, TimeProvider.System.GetUtcNow() - FastWay), cancellationToken);

    /// <summary>Delivers what was written before an instant of real time, which is what storage stamps, each case in order; returns how many entries that were.</summary>
    public async Task<int> SweepAsync(DurableTaskClient durable, DateTimeOffset writtenBefore, CancellationToken cancellationToken)
    {
        var delivered = 0;
        var stuck = new HashSet<string>(StringComparer.Ordinal);
        foreach (var shard in CaseKeys.ShardNames)
        {
            await foreach (var batch in DueAsync(shard, writtenBefore, cancellationToken).Chunk(OutboxDispatcher.LargestBatch).WithCancellation(cancellationToken))
            {
                // A case's entries follow one another: after one that failed, the rest of the case waits for the next sweep.
                var entries = batch.Where(entry => !stuck.Contains(entry.After.CaseId)).ToList();
                var left = await dispatcher.DeliverAsync(entries, durable, cancellationToken);
                delivered += entries.Count - left.Count;
                stuck.UnionWith(left.Select(entry => entry.After.CaseId));
            }
        }

        return delivered;
    }

    /// <summary>How many entries wait.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(CaseKeys.ShardNames.Select(shard => RowsAsync(shard, ["RowKey"], cancellationToken).CountAsync(cancellationToken).AsTask()));
        return counts.Sum();
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private async IAsyncEnumerable<OutboxEntry> DueAsync(string shard, DateTimeOffset writtenBefore, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in RowsAsync(shard, null, cancellationToken))
        {
            if (row.Timestamp < writtenBefore && dispatcher.EntryOf(row) is { } entry && !dispatcher.IsCarrying(entry))
            {
                yield return entry;
            }
        }
    }

    private AsyncPageable<TableEntity> RowsAsync(string shard, string[]? columns, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey ge {CaseKeys.OutboxPrefix} and RowKey lt {CaseKeys.OutboxEnd}");
        return tables.Cases.QueryAsync<TableEntity>(filter, select: columns, cancellationToken: cancellationToken);
    }
}
