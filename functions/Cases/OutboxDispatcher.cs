using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Azure;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityBrain.Cases;

/// <summary>
/// Carries outbox entries to their handlers soon after the change, so that the caller need not wait. It is only the fast way: an entry that
/// fails, or whose process dies, is carried by <see cref="SweepOutbox"/>. Entries of one case keep their order. In a flood only so many are held
/// in memory; the others wait in their table until it is their turn.
/// New cases have lanes of their own, which make room in a flood of appeals; so it delays no case that is in work, and none in which a life may be at risk.
/// </summary>
public sealed partial class OutboxDispatcher(CityTables tables, CaseTally tally, Lazy<IEnumerable<IOutboxHandler>> handlers, IntakePressure pressure, ILogger<OutboxDispatcher> logger) : BackgroundService
{
    /// <summary>Most entries that are delivered together.</summary>
    public const int LargestBatch = 32;

    /// <summary>How long a lane of new cases makes room before each batch, at most.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<Waiting>[] _newCases = Lanes();
    private readonly Channel<Waiting>[] _changes = Lanes();

    // Whether it is carried in a lane of new cases.
    private readonly ConcurrentDictionary<(string CaseId, int Version), bool> _carried = new();

    /// <summary>Entries that each lane holds in memory; of the others it knows the keys.</summary>
    internal int HeldByLane { get; init; } = 512;

    /// <summary>Takes an entry; never waits.</summary>
    public void Post(OutboxEntry entry, DurableTaskClient durable)
    {
        // What follows an entry that is still on its way goes after it in the same lane.
        var isNew = entry is { Before: null, AtOnce: false } || (_carried.TryGetValue((entry.After.CaseId, entry.After.Version - 1), out var followsNew) && followsNew);
        var lane = (isNew ? _newCases : _changes)[CaseKeys.ShardOf(entry.After.CaseId)];
        _carried[KeyOf(entry)] = isNew;
        lane.Writer.TryWrite(new Waiting(entry.After.CaseId, entry.After.Version, lane.Reader.Count < HeldByLane ? entry : null, durable));
    }

    /// <summary>True while an entry is on its fast way in this process, however long that takes in a flood.</summary>
    public bool IsCarrying(OutboxEntry entry) => _carried.ContainsKey(KeyOf(entry));

    /// <summary>
    /// Tells every handler of entries of one shard, each case in order and the cases beside one another, then counts them and takes them off
    /// the outbox. A failure is logged and leaves the rest of its case for the sweep. Returns what is left.
    /// </summary>
    public async Task<IReadOnlyList<OutboxEntry>> DeliverAsync(IReadOnlyList<OutboxEntry> entries, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var told = await Task.WhenAll(entries.GroupBy(entry => entry.After.CaseId, StringComparer.Ordinal).Select(ofCase => TellAsync([.. ofCase], durable, cancellationToken)));
        var done = told.SelectMany(ofCase => ofCase).ToList();
        try
        {
            await tally.SettleAsync(done, cancellationToken);
            return done.Count == entries.Count ? [] : [.. entries.Except(done)];
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnsettled(done.Count, failure);
            return entries;
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
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([.. _newCases.Select(lane => CarryAsync(lane.Reader, Patience, stoppingToken)), .. _changes.Select(lane => CarryAsync(lane.Reader, TimeSpan.Zero, stoppingToken))]);

    private async Task CarryAsync(ChannelReader<Waiting> lane, TimeSpan patience, CancellationToken stoppingToken)
    {
        try
        {
            while (await lane.WaitToReadAsync(stoppingToken))
            {
                await pressure.EasesAsync(patience, stoppingToken);
                var batch = new List<Waiting>(LargestBatch);
                while (batch.Count < LargestBatch && lane.TryRead(out var next))
                {
                    batch.Add(next);
                }

                await DeliverAsync([.. (await Task.WhenAll(batch.Select(waiting => EntryOfAsync(waiting, stoppingToken)))).OfType<OutboxEntry>()], batch[^1].Durable, stoppingToken);
                batch.ForEach(waiting => _carried.TryRemove((waiting.CaseId, waiting.Version), out _));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left in the lane is in the outbox table as well.
        }
    }

    /// <summary>The entry, read where it was not held; null when it is gone, or the sweep must try again.</summary>
    private async Task<OutboxEntry?> EntryOfAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        if (waiting.Entry is not null)
        {
            return waiting.Entry;
        }

        try
        {
            var (partition, row) = (CaseKeys.Partition(waiting.CaseId), CaseKeys.OutboxRow(waiting.CaseId, waiting.Version));
            return await tables.Cases.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken) is { HasValue: true, Value: { } found } ? EntryOf(found) : null;
        }
        catch (RequestFailedException failure)
        {
            LogLeft(waiting.CaseId, waiting.Version, failure);
            return null;
        }
    }

    /// <summary>Tells the handlers of one case's entries, up to the first that fails; returns those that all were told of.</summary>
    private async Task<List<OutboxEntry>> TellAsync(List<OutboxEntry> ofCase, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        for (var i = 0; i < ofCase.Count; i++)
        {
            var entry = ofCase[i];
            try
            {
                await Task.WhenAll(handlers.Value.Select(handler => handler.HandleAsync(entry, durable, cancellationToken)));
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogLeft(entry.After.CaseId, entry.After.Version, failure);
                return ofCase[..i];
            }
        }

        return ofCase;
    }

    private static Channel<Waiting>[] Lanes() => [.. CaseKeys.ShardNames.Select(_ => Channel.CreateUnbounded<Waiting>())];

    private static (string CaseId, int Version) KeyOf(OutboxEntry entry) => (entry.After.CaseId, entry.After.Version);

    [LoggerMessage(Level = LogLevel.Error, Message = "Outbox entry of case {CaseId} version {Version} was not delivered; the sweep will try again")]
    private partial void LogLeft(string caseId, int version, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} outbox entries were told of but not counted; the sweep will try again")]
    private partial void LogUnsettled(int count, Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Outbox row {Partition}/{Row} cannot be read and stays where it is; mend it or delete it")]
    private partial void LogDamaged(string partition, string row, Exception damage);

    /// <summary>An entry whose turn will come.</summary>
    private sealed record Waiting(string CaseId, int Version, OutboxEntry? Entry, DurableTaskClient Durable);
}
