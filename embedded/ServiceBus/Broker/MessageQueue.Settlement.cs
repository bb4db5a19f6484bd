using CityBrain.Embedded.ServiceBus.Messages;
using CityBrain.Embedded.Storage;
using Microsoft.Azure.Amqp.Encoding;

namespace CityBrain.Embedded.ServiceBus.Broker;

/// <content>
/// What becomes of delivered messages. A delivery is counted when it ends without a settlement, not when it begins: a message that its
/// receiver gives back unseen costs no write, and a crash of the broker itself does not count.
/// </content>
internal sealed partial class MessageQueue
{
    private enum Write
    {
        None,
        Delete,
        GiveBack,
        Defer,
        DeadLetter,
    }

    /// <summary>Settles many messages in one commit; returns for each why it was refused, or null.</summary>
    public async Task<Exception?[]> SettleAsync(IReadOnlyList<SettlementRequest> requests)
    {
        using var underWay = _activity.Enter();
        var refusals = new Exception?[requests.Count];
        var (held, places) = (new List<Held>(requests.Count), new List<int>(requests.Count));
        for (var i = 0; i < refusals.Length; i++)
        {
            try
            {
                held.Add(new Held(requests[i].Channel, Take(requests[i]), requests[i].Settlement));
                places.Add(i);
            }
            catch (Exception refused) when (refused is BrokerException or ObjectDisposedException)
            {
                refusals[i] = refused;
            }
        }

        if (await TryApplyAsync(held).ConfigureAwait(false) is { } failure)
        {
            places.ForEach(place => refusals[place] = failure);
        }

        return refusals;
    }

    /// <summary>Settles one message.</summary>
    /// <exception cref="BrokerException">The lock is lost, or the queue does not allow it.</exception>
    public async Task SettleAsync(SettlementRequest request)
    {
        if ((await SettleAsync([request]).ConfigureAwait(false))[0] is { } refused)
        {
            throw refused;
        }
    }

    /// <summary>Ends deliveries whose lock ended; each counts. A failure of the disk leaves them available and is not told.</summary>
    public Task GiveBackAsync(MessageChannel channel, IReadOnlyList<StoredMessage> messages) =>
        messages.Count == 0 ? Task.CompletedTask : TryApplyAsync([.. messages.Select(message => new Held(channel, message, Settlement.Abandon))]);

    private StoredMessage Take(SettlementRequest request) => request.Settlement.Kind == SettlementKind.DeadLetter && DeadLetters is null
        ? throw new BrokerException(BrokerFailure.NotAllowed, $"A message of '{Path}' cannot be dead-lettered again.")
        : request.Channel.Take(request.Token);

    /// <summary>Writes what becomes of the messages; when that fails they are available again, and the failure is returned.</summary>
    private async Task<Exception?> TryApplyAsync(List<Held> held)
    {
        var now = Now;
        var fates = held.ConvertAll(each => Decide(each, now));
        try
        {
            if (fates.Exists(fate => fate.Write != Write.None))
            {
                await _store.WriteAsync(session => fates.ForEach(fate => Apply(session, fate))).ConfigureAwait(false);
            }
        }
        catch (Exception failure)
        {
            held.ForEach(each => each.Channel.Return(each.Message));
            return failure;
        }

        foreach (var fate in fates)
        {
            if (fate.Write is Write.None or Write.GiveBack)
            {
                (fate.Of.Message.DeliveryCount, fate.Of.Message.Changes) = (fate.Deliveries, fate.Changes);
                fate.Of.Channel.Return(fate.Of.Message);
            }
        }

        if (fates.Count(fate => fate.Write == Write.DeadLetter) is > 0 and var dead)
        {
            DeadLetters!.Announce(null, dead);
        }

        return null;
    }

    private Fate Decide(Held held, DateTimeOffset now)
    {
        var (message, settlement) = (held.Message, held.Settlement);
        var deliveries = settlement.Kind == SettlementKind.Release ? message.DeliveryCount : message.DeliveryCount + 1;
        var changes = AmqpMaps.Merge(message.Changes, settlement.Changes);
        return settlement.Kind switch
        {
            SettlementKind.Complete => new Fate(held, Write.Delete, deliveries, null),
            SettlementKind.Defer => new Fate(held, Write.Defer, deliveries, changes),
            SettlementKind.DeadLetter => Dead(settlement.Reason ?? new DeadLetterReason(null, null)),
            _ when message.ExpiresAt <= now => Options.DeadLetteringOnMessageExpiration && DeadLetters is not null ? Dead(DeadLetterReason.Expired) : new Fate(held, Write.Delete, deliveries, null),
            SettlementKind.Release => new Fate(held, Write.None, deliveries, message.Changes),
            _ when deliveries >= Options.MaxDeliveryCount => Dead(DeadLetterReason.TooManyDeliveries(deliveries)),
            _ => new Fate(held, Write.GiveBack, deliveries, changes),
        };

        Fate Dead(DeadLetterReason reason) => new(held, Write.DeadLetter, deliveries, AmqpMaps.Merge(changes, Told(reason)));
    }

    private static AmqpMap Told(DeadLetterReason reason)
    {
        var told = new AmqpMap();
        if (reason.Reason is { } why)
        {
            told[new MapKey(DeadLetterReason.ReasonProperty)] = why;
        }

        if (reason.Description is { } description)
        {
            told[new MapKey(DeadLetterReason.DescriptionProperty)] = description;
        }

        return told;
    }

    private void Apply(SqliteSession session, Fate fate)
    {
        var number = fate.Of.Message.SequenceNumber;
        switch (fate.Write)
        {
            case Write.Delete: MessageSql.Delete(session, number); break;
            case Write.GiveBack: MessageSql.GiveBack(session, number, fate.Deliveries, fate.Changes); break;
            case Write.Defer: MessageSql.Defer(session, number, fate.Deliveries, fate.Changes); break;
            case Write.DeadLetter: MessageSql.MoveToDeadLetter(session, Id, number, fate.Deliveries, fate.Changes); break;
        }
    }

    /// <summary>A message whose lock was taken away, and what its receiver decided.</summary>
    private sealed record Held(MessageChannel Channel, StoredMessage Message, Settlement Settlement);

    /// <summary>What is written about it.</summary>
    private sealed record Fate(Held Of, Write Write, int Deliveries, byte[]? Changes);
}
