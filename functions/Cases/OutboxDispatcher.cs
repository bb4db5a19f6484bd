using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityBrain.Cases;

/// <summary>
/// Carries outbox entries to their handlers soon after the change, so that the caller need not wait. It is only the fast way: an entry that
/// finds no room here, or that fails, or whose process dies, is carried by <see cref="SweepOutbox"/>. Entries of one case keep their order.
/// </summary>
public sealed partial class OutboxDispatcher(CityTables tables, Lazy<IEnumerable<IOutboxHandler>> handlers, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int Lanes = 64;
    private const int LaneCapacity = 128;

    private readonly Channel<(OutboxEntry Entry, DurableTaskClient Durable)>[] _lanes =
    [
        .. Enumerable.Range(0, Lanes).Select(_ => Channel.CreateBounded<(OutboxEntry, DurableTaskClient)>(new BoundedChannelOptions(LaneCapacity) { SingleReader = true })),
    ];

    private readonly ConcurrentDictionary<(string CaseId, int Version), bool> _carried = new();

    /// <summary>Takes an entry if there is room; never waits.</summary>
    public void Post(OutboxEntry entry, DurableTaskClient durable)
    {
        var lane = _lanes[CaseKeys.ShardOf(entry.After.CaseId, Lanes)];
        _carried[KeyOf(entry)] = true;
        if (!lane.Writer.TryWrite((entry, durable)))
        {
            _carried.TryRemove(KeyOf(entry), out _);
        }
    }

    /// <summary>True while an entry is on its fast way in this process, however long that takes in a flood.</summary>
    public bool IsCarrying(OutboxEntry entry) => _carried.ContainsKey(KeyOf(entry));

    /// <summary>Tells every handler, then deletes the entry. True when that is done; a failure is logged and left for the sweep.</summary>
    public async Task<bool> DeliverAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(handlers.Value.Select(handler => handler.HandleAsync(entry, durable, cancellationToken)));
            await tables.Cases.DeleteEntityAsync(CaseKeys.Partition(entry.After.CaseId), CaseKeys.OutboxRow(entry.After.CaseId, entry.After.Version), cancellationToken: cancellationToken);
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogLeft(entry.After.CaseId, entry.After.Version, failure);
            return false;
        }
    }

    /// <summary>The entry of an outbox row; null, logged, when it cannot be read.</summary>
    public OutboxEntry? EntryOf(TableEntity row)
    {
        try
        {
            return StoredJson.Read<OutboxEntry>(row);
        }
        catch (JsonException damage)
        {
            LogDamaged(row.PartitionKey, row.RowKey, damage);
            return null;
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_lanes.Select(lane => CarryAsync(lane.Reader, stoppingToken)));

    private async Task CarryAsync(ChannelReader<(OutboxEntry Entry, DurableTaskClient Durable)> lane, CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (entry, durable) in lane.ReadAllAsync(stoppingToken))
            {
                await DeliverAsync(entry, durable, stoppingToken);
                _carried.TryRemove(KeyOf(entry), out _);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left in the lane is in the outbox table as well.
        }
    }

    private static (string CaseId, int Version) KeyOf(OutboxEntry entry) => (entry.After.CaseId, entry.After.Version);

    [LoggerMessage(Level = LogLevel.Error, Message = "Outbox entry of case {CaseId} version {Version} was not delivered; the sweep will try again")]
    private partial void LogLeft(string caseId, int version, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Outbox row {Partition}/{Row} cannot be read and stays where it is; mend it or delete it")]
    private partial void LogDamaged(string partition, string row, Exception damage);
}
