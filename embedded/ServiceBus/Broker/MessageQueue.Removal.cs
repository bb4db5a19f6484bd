using CityBrain.Embedded.ServiceBus.Messages;

namespace CityBrain.Embedded.ServiceBus.Broker;

/// <content>Messages that leave the queue without a settlement.</content>
internal sealed partial class MessageQueue
{
    /// <summary>Takes messages out of the queue, or of its sessions, that the clock found expired, but for those that somebody holds.</summary>
    public async Task ExpireAsync(IReadOnlyList<ExpiredMessage> expired)
    {
        var free = expired.Where(row => !_channel.Holds(row.SequenceNumber) && !(row.Session is { } session && Sessions.Holds(session, row.SequenceNumber))).ToList();
        if (free.Count == 0)
        {
            return;
        }

        var dead = DeadLetters is not null && Options.DeadLetteringOnMessageExpiration;
        await _store.WriteAsync(session =>
        {
            foreach (var row in free)
            {
                if (dead)
                {
                    MessageSql.MoveToDeadLetter(session, Id, row.SequenceNumber, row.Deliveries, AmqpMaps.Merge(row.Changes, Told(DeadLetterReason.Expired)));
                }
                else
                {
                    MessageSql.Delete(session, row.SequenceNumber);
                }
            }
        }).ConfigureAwait(false);
        if (dead)
        {
            DeadLetters!.Announce(null, free.Count);
        }
    }

    public Task DeleteAsync(IReadOnlyList<StoredMessage> messages) => messages.Count == 0 ? Task.CompletedTask : _store.WriteAsync(session =>
    {
        foreach (var message in messages)
        {
            MessageSql.Delete(session, message.SequenceNumber);
        }
    });

    /// <summary>Puts messages back that were deleted at once and then could not be handed over.</summary>
    public async Task RestoreAsync(MessageChannel channel, IReadOnlyList<StoredMessage> messages)
    {
        await _store.WriteAsync(session =>
        {
            foreach (var message in messages)
            {
                MessageSql.Restore(session, Id, message);
            }
        }).ConfigureAwait(false);
        foreach (var message in messages)
        {
            channel.Return(message);
        }
    }
}
