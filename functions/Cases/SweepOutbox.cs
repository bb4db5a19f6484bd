using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CityBrain.Cases;

/// <summary>Delivers outbox entries that the dispatcher left behind: after a crash, a flood or a failure.</summary>
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
        var (delivered, stuck) = (0, (string?)null);
        await foreach (var row in WaitingAsync(null, cancellationToken))
        {
            // A case's entries follow one another: after one that failed, the rest of the case waits for the next sweep.
            if (row.Timestamp >= writtenBefore || dispatcher.EntryOf(row) is not { } entry || entry.After.CaseId == stuck || dispatcher.IsCarrying(entry))
            {
                continue;
            }

            var done = await dispatcher.DeliverAsync(entry, durable, cancellationToken);
            (delivered, stuck) = done ? (delivered + 1, stuck) : (delivered, entry.After.CaseId);
        }

        return delivered;
    }

    /// <summary>How many entries wait.</summary>
    public ValueTask<int> CountAsync(CancellationToken cancellationToken) =>
        WaitingAsync(["RowKey"], cancellationToken).CountAsync(cancellationToken);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private async IAsyncEnumerable<TableEntity> WaitingAsync(string[]? columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var shard = 0; shard < CaseKeys.Shards; shard++)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {CaseKeys.ShardName(shard)} and RowKey ge {CaseKeys.OutboxPrefix} and RowKey lt {CaseKeys.OutboxEnd}");
            await foreach (var row in tables.Cases.QueryAsync<TableEntity>(filter, select: columns, cancellationToken: cancellationToken))
            {
                yield return row;
            }
        }
    }
}
