using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.ServiceBus;

/// <content>Delivery and what becomes of a delivered message.</content>
internal sealed partial class MessageQueue
{
    /// <summary>
    /// Counts a delivery of each message, on disk, before anybody sees it, so that a message which kills its receiver is counted too.
    /// Returns those to deliver: the expired, and those delivered too often, leave the queue instead.
    /// </summary>
    public async Task<IReadOnlyList<StoredMessage>> DeliverAsync(IReadOnlyList<StoredMessage> messages, bool deleteAtOnce)
    {
        var now = _platform.Clock.GetUtcNow();
        var delivered = new List<StoredMessage>(messages.Count);
        List<(long SequenceNumber, byte[] Header)> dead = [];
        List<long> gone = [];
        foreach (var message in messages)
        {
            if (WhyNot(message, now) is not { } reason)
            {
                delivered.Add(message);
            }
            else if (reason == DeadLetterReason.Expired && !Options.DeadLetteringOnMessageExpiration)
            {
                gone.Add(message.SequenceNumber);
            }
            else
            {
                dead.Add((message.SequenceNumber, HeaderWith(message, reason)));
            }
        }

        var numbers = delivered.ConvertAll(message => message.SequenceNumber);
        await Store.WriteAsync(session =>
        {
            (deleteAtOnce ? MessageSql.Delete : (Action<SqliteSession, IReadOnlyList<long>>)MessageSql.CountDelivery)(session, numbers);
            MessageSql.Delete(session, gone);
            dead.ForEach(row => MessageSql.MoveToDeadLetter(session, Id, row.SequenceNumber, row.Header));
        }).ConfigureAwait(false);
        delivered.ForEach(message => message.DeliveryCount++);
        if (dead.Count > 0)
        {
            DeadLetters!.Announce(null, dead.Count);
        }

        return delivered;
    }

    public Task CompleteAsync(MessageChannel channel, Guid token) =>
        SettleAsync(channel, channel.Take(token), (session, message) => MessageSql.Delete(session, [message.SequenceNumber]));

    public Task DeferAsync(MessageChannel channel, Guid token, IEnumerable<KeyValuePair<string, object>>? changes)
    {
        var held = channel.Take(token);
        var header = MessageHeader.Encode(held.Content.With(changes));
        return SettleAsync(channel, held, (session, message) => MessageSql.Defer(session, message.SequenceNumber, header));
    }

    /// <exception cref="InvalidOperationException">This is a dead-letter queue.</exception>
    public async Task DeadLetterAsync(MessageChannel channel, Guid token, DeadLetterReason reason, IEnumerable<KeyValuePair<string, object>>? changes)
    {
        if (DeadLetters is null)
        {
            throw new InvalidOperationException($"A message of '{Path}' cannot be dead-lettered again.");
        }

        var held = channel.Take(token);
        held.Content = held.Content.With(changes);
        await DeadLetterAsync(channel, held, reason).ConfigureAwait(false);
    }

    /// <summary>Makes the message available again, with the properties changed; one delivered too often goes to the dead-letter queue.</summary>
    public async Task AbandonAsync(MessageChannel channel, Guid token, IEnumerable<KeyValuePair<string, object>>? changes)
    {
        var held = channel.Take(token);
        if (changes is not null)
        {
            held.Content = held.Content.With(changes);
            var header = MessageHeader.Encode(held.Content);
            await SettleAsync(channel, held, (session, message) => MessageSql.SetHeader(session, message.SequenceNumber, header)).ConfigureAwait(false);
        }

        await ReturnAsync(channel, held).ConfigureAwait(false);
    }

    /// <summary>Makes a message available again whose lock was given up or has expired.</summary>
    public Task ReturnAsync(MessageChannel channel, StoredMessage message)
    {
        if (message.DeliveryCount >= Options.MaxDeliveryCount)
        {
            return DeadLetterAsync(channel, message, DeadLetterReason.TooManyDeliveries(message.DeliveryCount));
        }

        channel.Return(message);
        return Task.CompletedTask;
    }

    private async Task DeadLetterAsync(MessageChannel channel, StoredMessage message, DeadLetterReason reason)
    {
        var header = HeaderWith(message, reason);
        await SettleAsync(channel, message, (session, held) => MessageSql.MoveToDeadLetter(session, Id, held.SequenceNumber, header)).ConfigureAwait(false);
        DeadLetters!.Announce(null, 1);
    }

    /// <summary>Writes what became of the message; when that fails, the message is available again.</summary>
    private async Task SettleAsync(MessageChannel channel, StoredMessage message, Action<SqliteSession, StoredMessage> write)
    {
        try
        {
            await Store.WriteAsync(session => write(session, message)).ConfigureAwait(false);
        }
        catch
        {
            channel.Return(message);
            throw;
        }
    }

    private DeadLetterReason? WhyNot(StoredMessage message, DateTimeOffset now) =>
        message.ExpiresAt <= now ? DeadLetterReason.Expired
        : message.DeliveryCount >= Options.MaxDeliveryCount ? DeadLetterReason.TooManyDeliveries(message.DeliveryCount)
        : null;

    private static byte[] HeaderWith(StoredMessage message, DeadLetterReason reason) => MessageHeader.Encode(message.Content.With(reason.Properties()));
}
