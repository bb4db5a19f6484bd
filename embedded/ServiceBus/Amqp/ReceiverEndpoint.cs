using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>
/// The link of a client that receives from a queue or from one session. A pump sends what is ready as far as the link's credit goes; the
/// listeners of the link, which run on the connection's own thread, only set a signal or add to a group. The credit is always asked of
/// the link, never counted here: a drain or a reduction takes it away between two looks (OASIS AMQP 1.0, 2.6.7).
/// </summary>
internal sealed class ReceiverEndpoint
{
    private const uint MostAtOnce = 256;

    private readonly SendingAmqpLink _link;
    private readonly ClientConnection _connection;
    private readonly MessageQueue _queue;
    private readonly MessageChannel _channel;
    private readonly bool _deleteAtOnce;
    private readonly ILogger _logger;
    private readonly CreditSignal _credit = new();
    private readonly GroupedWork<OutgoingDelivery> _settlements;

    private ReceiverEndpoint(SendingAmqpLink link, ClientConnection connection, MessageQueue queue, MessageChannel channel, ILogger logger)
    {
        (_link, _connection, _queue, _channel, _logger) = (link, connection, queue, channel, logger);
        _deleteAtOnce = link.Settings.SettleType == SettleMode.SettleOnSend;
        _settlements = new GroupedWork<OutgoingDelivery>(SettleAsync);
    }

    private string? DeadLetterSource => _queue.DeadLetters is null ? _queue.Options.Name : null;

    /// <summary>Listens to the link and starts its pump, which ends with the link.</summary>
    public static void Attach(SendingAmqpLink link, ClientConnection connection, MessageQueue queue, MessageChannel channel, ILogger logger)
    {
        var endpoint = new ReceiverEndpoint(link, connection, queue, channel, logger);
        link.RegisterCreditListener((_, _, _) => endpoint._credit.Set());
        link.RegisterDispositionListener(delivery => endpoint._settlements.Add((OutgoingDelivery)delivery));
        link.Opened += (_, _) => endpoint._credit.Set();
        var closed = new CancellationTokenSource();
        LinkEnd.Watch(link, () => _ = closed.CancelAsync());
        _ = endpoint.PumpAsync(closed.Token);
    }

    private int Room() => _link.State == AmqpObjectState.Opened ? (int)Math.Min(_link.LinkCredit, MostAtOnce) : 0;

    private async Task PumpAsync(CancellationToken closed)
    {
        try
        {
            while (true)
            {
                while (Room() == 0)
                {
                    await _credit.WaitAsync(closed).ConfigureAwait(false);
                }

                var ready = await _channel.ReceiveAsync(Room, Timeout.InfiniteTimeSpan, _deleteAtOnce, closed).ConfigureAwait(false);
                _connection.Demand(_queue.Options.Name, AccessRights.Listen);
                await SendAsync(ready).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception failure)
        {
            if (failure is not (BrokerException or ObjectDisposedException))
            {
                _logger.LogError(failure, "The receiver {Link} of the queue {Queue} failed", _link.Name, _queue.Path);
            }

            _link.SafeClose(AmqpErrors.ToException(failure));
        }
    }

    private async Task SendAsync(IReadOnlyList<MessageLock> ready)
    {
        List<MessageLock> unsent = [];
        foreach (var held in ready)
        {
            var message = MessageEncoder.Encode(held.Message, held.Message.DeliveryCount, _deleteAtOnce ? null : held.LockedUntil, DeadLetterSource);
            if (Room() == 0 || !_link.TrySendDelivery(new OutgoingDelivery(held, message)))
            {
                unsent.Add(held);
            }
        }

        if (unsent.Count == 0)
        {
            return;
        }

        if (_deleteAtOnce)
        {
            await _queue.RestoreAsync(_channel, unsent.ConvertAll(held => held.Message)).ConfigureAwait(false);
        }
        else
        {
            await _queue.SettleAsync(unsent.ConvertAll(held => new SettlementRequest(_channel, held.Token, Settlement.Release))).ConfigureAwait(false);
        }
    }

    private async Task SettleAsync(IReadOnlyList<OutgoingDelivery> deliveries)
    {
        var (settled, requests) = (new List<OutgoingDelivery>(deliveries.Count), new List<SettlementRequest>(deliveries.Count));
        foreach (var delivery in deliveries)
        {
            try
            {
                if (!_deleteAtOnce && LinkSettlement.Read(delivery.State) is { } settlement)
                {
                    requests.Add(new SettlementRequest(_channel, delivery.Held.Token, settlement));
                    settled.Add(delivery);
                }
            }
            catch (BrokerException refused)
            {
                Answer(delivery, refused);
            }
        }

        var refusals = await _queue.SettleAsync(requests).ConfigureAwait(false);
        for (var i = 0; i < refusals.Length; i++)
        {
            Answer(settled[i], refusals[i]);
        }

        _link.Session.Flush();
    }

    /// <summary>Accepted whatever the client asked for: its own outcome in return would count as a failure (AmqpReceiver of Azure.Messaging.ServiceBus).</summary>
    private void Answer(OutgoingDelivery delivery, Exception? refusal)
    {
        DeliveryState state = refusal is null ? AmqpConstants.AcceptedOutcome : new Rejected { Error = AmqpErrors.ToError(refusal) };
        _link.DisposeDelivery(delivery, settled: true, state, noFlush: true);
    }
}
