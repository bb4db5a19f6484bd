using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Broker;
using CityBrain.Embedded.ServiceBus.Messages;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>
/// The link of a client that sends to a queue. Each transfer is stored all or none and then accepted; transfers that came while an
/// earlier group was being stored share the next commit and the next disposition frame.
/// </summary>
internal sealed class SenderEndpoint
{
    private readonly ReceivingAmqpLink _link;
    private readonly ClientConnection _connection;
    private readonly MessageQueue _queue;
    private readonly ILogger _logger;

    private SenderEndpoint(ReceivingAmqpLink link, ClientConnection connection, MessageQueue queue, ILogger logger) =>
        (_link, _connection, _queue, _logger) = (link, connection, queue, logger);

    /// <summary>Sets the limits of the link and listens to it.</summary>
    public static void Attach(ReceivingAmqpLink link, ClientConnection connection, MessageQueue queue, ILogger logger)
    {
        link.Settings.MaxMessageSize = (ulong)queue.Options.MaxMessageSize;
        var endpoint = new SenderEndpoint(link, connection, queue, logger);
        var group = new GroupedWork<Transfer>(endpoint.StoreAsync);
        link.RegisterMessageListener(message => group.Add(Copy(message)));
    }

    private static Transfer Copy(AmqpMessage message)
    {
        var payload = RawBytes.Copy(message);
        message.Dispose();
        message.Batchable = true;
        return new Transfer(message, payload, message.MessageFormat ?? 0);
    }

    private async Task StoreAsync(IReadOnlyList<Transfer> transfers)
    {
        var (good, messages) = (new List<Transfer>(transfers.Count), new List<IncomingMessage>(transfers.Count));
        foreach (var transfer in transfers)
        {
            try
            {
                _connection.Demand(_queue.Options.Name, AccessRights.Send);
                var read = MessageParser.Read(transfer.Payload, transfer.Format);
                _queue.Check(read, transfer.Payload.Length);
                messages.AddRange(read);
                good.Add(transfer);
            }
            catch (Exception refused)
            {
                Answer(transfer, refused);
            }
        }

        Exception? failure = null;
        try
        {
            if (messages.Count > 0)
            {
                await _queue.SendAsync(messages).ConfigureAwait(false);
            }
        }
        catch (Exception refused)
        {
            failure = refused;
        }

        good.ForEach(transfer => Answer(transfer, failure));
        _link.Session.Flush();
    }

    private void Answer(Transfer transfer, Exception? failure)
    {
        if (failure is not null and not BrokerException)
        {
            _logger.LogError(failure, "A message to the queue {Queue} could not be stored", _queue.Path);
        }

        DeliveryState state = failure is null ? AmqpConstants.AcceptedOutcome : new Rejected { Error = AmqpErrors.ToError(failure) };
        _link.DisposeDelivery(transfer.Message, settled: true, state, noFlush: true);
    }

    private sealed record Transfer(AmqpMessage Message, byte[] Payload, uint Format);
}
