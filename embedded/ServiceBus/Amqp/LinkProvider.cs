using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Broker;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Azure.Amqp.Transaction;
using Microsoft.Azure.Amqp.Transport;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>Makes connections, sessions and links for the AMQP library, and connects each link with what it is attached to.</summary>
internal sealed class LinkProvider(MessageBroker broker, SharedAccessKeys keys, ILogger logger) : IRuntimeProvider
{
    /// <summary>Bytes of the largest request: a token before the client is known, a batch to schedule after.</summary>
    private const int LargestTokenRequest = 64 * 1024;
    private const int LargestManagementRequest = 64 * 1024 * 1024;

    private readonly ClaimsEndpoint _claims = new(keys);
    private readonly ManagementEndpoint _management = new(logger);
    private readonly SessionReceivers _sessions = new(logger);

    public AmqpConnection CreateConnection(TransportBase transport, ProtocolHeader protocolHeader, bool isInitiator, AmqpSettings amqpSettings, AmqpConnectionSettings connectionSettings)
    {
        // Flows and dispositions may still come for a link that this side has just detached.
        connectionSettings.IgnoreMissingSessions = true;
        return new ClientConnection(transport, protocolHeader, amqpSettings, connectionSettings) { SessionFactory = this };
    }

    public AmqpSession CreateSession(AmqpConnection connection, AmqpSessionSettings settings)
    {
        settings.IgnoreMissingLinks = true;
        return new AmqpSession(connection, settings, this);
    }

    public AmqpLink CreateLink(AmqpSession session, AmqpLinkSettings settings) => settings.IsReceiver() ? new ReceivingAmqpLink(session, settings) : new SendingAmqpLink(session, settings);

    public IAsyncResult BeginOpenLink(AmqpLink link, TimeSpan timeout, AsyncCallback callback, object state) => TaskToAsyncResult.Begin(OpenAsync(link), callback, state);

    public void EndOpenLink(IAsyncResult result) => TaskToAsyncResult.End(result);

    private async Task OpenAsync(AmqpLink link)
    {
        try
        {
            var connection = (ClientConnection)link.Session.Connection;
            if (link is ReceivingAmqpLink fromClient)
            {
                OpenFromClient(fromClient, connection);
            }
            else
            {
                await OpenToClientAsync((SendingAmqpLink)link, connection).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is not AmqpException)
        {
            if (failure is not (BrokerException or ObjectDisposedException))
            {
                logger.LogError(failure, "The link {Link} could not be opened", link.Name);
            }

            throw AmqpErrors.ToException(failure);
        }
    }

    private void OpenFromClient(ReceivingAmqpLink link, ClientConnection connection)
    {
        if (link.Settings.Target is Coordinator)
        {
            throw new BrokerException(BrokerFailure.NotSupported, "Transactions are not offered.");
        }

        var address = EntityAddress.Parse((link.Settings.Target as Target)?.Address?.ToString());
        switch (address.Node)
        {
            case Node.ClaimsBasedSecurity:
                link.Settings.MaxMessageSize = LargestTokenRequest;
                RequestLink.Attach(link, connection, request => _claims.AnswerAsync(connection, request));
                break;
            case Node.Management:
                connection.DemandAny(address.Queue);
                link.Settings.MaxMessageSize = LargestManagementRequest;
                var managed = Find(address);
                RequestLink.Attach(link, connection, request => _management.AnswerAsync(connection, managed, request));
                break;
            default:
                connection.Demand(address.Queue, AccessRights.Send);
                var queue = Find(address);
                SenderEndpoint.Attach(
                    link,
                    connection,
                    address.IsDeadLetter ? throw new BrokerException(BrokerFailure.NotAllowed, "Nothing can be sent to a dead-letter queue.") : queue,
                    logger);
                break;
        }
    }

    private async Task OpenToClientAsync(SendingAmqpLink link, ClientConnection connection)
    {
        var source = link.Settings.Source as Source;
        var address = EntityAddress.Parse(source?.Address?.ToString());
        if (address.Node != Node.Queue)
        {
            RequestLink.AttachReplies(link, connection);
            return;
        }

        connection.Demand(address.Queue, AccessRights.Listen);
        var queue = Find(address);
        link.Settings.MaxMessageSize = null;
        if (SessionReceivers.IsAsked(source, out var sessionId))
        {
            await _sessions.OpenAsync(link, connection, queue, sessionId).ConfigureAwait(false);
        }
        else
        {
            ReceiverEndpoint.Attach(link, connection, queue, queue.Channel, logger);
        }
    }

    private MessageQueue Find(EntityAddress address) => broker.Find(address.Queue, address.IsDeadLetter);
}
