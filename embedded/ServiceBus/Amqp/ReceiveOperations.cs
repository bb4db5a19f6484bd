using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;
using Microsoft.Azure.Amqp.Encoding;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>Management operations that read messages.</summary>
internal static class ReceiveOperations
{
    /// <summary>Bounds of one answer, so that it stays small; a page more may be read.</summary>
    private const int MostAtOnce = 250;
    private const int MostBytes = 1024 * 1024;
    private const int PageRows = 32;

    public static Task<AmqpMap?> PeekAsync(ManagementRequest request)
    {
        var (limit, next) = ((int)Math.Clamp(request.Number("message-count"), 1, MostAtOnce), request.Number("from-sequence-number"));
        var (entries, bytes) = (new List<object>(), 0L);
        while (entries.Count < limit && bytes < MostBytes && request.Queue.Peek(next, Math.Min(limit - entries.Count, PageRows), request.SessionId) is { Count: > 0 } page)
        {
            foreach (var message in page)
            {
                entries.Add(AmqpMaps.Of(("message", Encode(request.Queue, message, null))));
                bytes += message.Bare.Length;
            }

            next = page[^1].SequenceNumber + 1;
        }

        return Task.FromResult(entries.Count == 0 ? null : AmqpMaps.Of(("messages", entries)));
    }

    public static async Task<AmqpMap?> ReceiveDeferredAsync(ManagementRequest request)
    {
        var (channel, deleteAtOnce) = (request.Channel(), request.Number("receiver-settle-mode") == 0);
        var found = request.Queue.FindDeferred(request.Many<long>("sequence-numbers"), request.SessionId);
        var locks = channel.LockDeferred(found);
        var entries = locks.ConvertAll<object>(held => AmqpMaps.Of(("message", Encode(request.Queue, held.Message, deleteAtOnce ? null : held.LockedUntil)), ("lock-token", held.Token)));
        if (deleteAtOnce)
        {
            await request.Queue.SettleAsync(locks.ConvertAll(held => new SettlementRequest(channel, held.Token, Settlement.Complete))).ConfigureAwait(false);
        }

        return AmqpMaps.Of(("messages", entries));
    }

    public static async Task<AmqpMap?> DeleteAsync(ManagementRequest request)
    {
        var before = request.Value("enqueued-time-utc") is DateTime instant ? new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)) : DateTimeOffset.MaxValue;
        var deleted = await request.Channel().DeleteBeforeAsync((int)Math.Clamp(request.Number("message-count"), 1, 4000), before).ConfigureAwait(false);
        return deleted == 0 ? null : AmqpMaps.Of(("message-count", deleted));
    }

    private static ArraySegment<byte> Encode(MessageQueue queue, StoredMessage message, DateTimeOffset? lockedUntil) =>
        new(MessageEncoder.Encode(message, message.DeliveryCount, lockedUntil, queue.DeadLetters is null ? queue.Options.Name : null).ToArray());
}
