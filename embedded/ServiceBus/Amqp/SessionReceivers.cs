using System.Globalization;
using CityBrain.Embedded.ServiceBus.Broker;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>Opens receivers of sessions: a named one, or the next that is free and has messages (AmqpConnectionScope of Azure.Messaging.ServiceBus).</summary>
internal sealed class SessionReceivers(ILogger logger)
{
    private static readonly AmqpSymbol SessionFilter = "com.microsoft:session-filter";
    private static readonly AmqpSymbol NonExclusiveSessionFilter = "com.microsoft:non-exclusive-session-filter";
    private static readonly AmqpSymbol LockedUntil = "com.microsoft:locked-until-utc";
    private static readonly AmqpSymbol TimeoutName = "com.microsoft:timeout";
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(60);

    /// <summary>True when the source asks for a session; a null id asks for the next one.</summary>
    /// <exception cref="BrokerException">It asks to share a session.</exception>
    public static bool IsAsked(Source? source, out string? sessionId)
    {
        sessionId = null;
        foreach (var (key, value) in (AmqpMap?)source?.FilterSet ?? new AmqpMap())
        {
            if (key.Key is AmqpSymbol name && name.Equals(NonExclusiveSessionFilter))
            {
                // The client turns exactly these last words into a NotSupportedException.
                throw new BrokerException(BrokerFailure.NotAllowed, $"The filter '{NonExclusiveSessionFilter}' is an invalid filter type");
            }

            if (key.Key is AmqpSymbol filter && filter.Equals(SessionFilter))
            {
                sessionId = (value as DescribedType)?.Value as string ?? value as string;
                return true;
            }
        }

        return false;
    }

    /// <summary>Waits for the session, tells the client which it is, and starts its receiver.</summary>
    /// <exception cref="BrokerException">Another receiver holds the session, or none came in the time that the client gave.</exception>
    public async Task OpenAsync(SendingAmqpLink link, ClientConnection connection, MessageQueue queue, string? sessionId)
    {
        var closed = new CancellationTokenSource();
        SessionLease lease;
        using (LinkEnd.Watch(link, () => _ = closed.CancelAsync()))
        {
            try
            {
                lease = sessionId is not null
                    ? queue.Sessions.Accept(sessionId)
                    : await queue.Sessions.AcceptNextAsync(Wait(link.Settings), closed.Token).ConfigureAwait(false)
                        ?? throw new BrokerException(BrokerFailure.Timeout, "No session with messages came in time.");
            }
            catch (OperationCanceledException)
            {
                throw new BrokerException(BrokerFailure.Timeout, "The receiver has gone.");
            }
        }

        Tell(link.Settings, lease);
        connection.AddLease(link.Name, lease);
        lease.OnLost(() => link.SafeClose(AmqpErrors.ToException(new BrokerException(BrokerFailure.SessionLockLost, $"The lock of the session '{lease.SessionId}' has expired. Accept the session again."))));
        ReceiverEndpoint.Attach(link, connection, queue, lease.Channel, logger);

        // Runs at once for a link that was closed while it waited, so nobody is left holding the session.
        LinkEnd.Watch(link, () =>
        {
            connection.RemoveLease(link.Name, lease);
            _ = Task.Run(lease.ReleaseAsync);
        });
    }

    private static TimeSpan Wait(AmqpLinkSettings settings) => settings.Properties?[TimeoutName] is { } milliseconds
        ? TimeSpan.FromMilliseconds(Convert.ToDouble(milliseconds, CultureInfo.InvariantCulture))
        : DefaultWait;

    private static void Tell(AmqpLinkSettings settings, SessionLease lease)
    {
        var source = (Source)settings.Source;
        source.FilterSet = new FilterSet { { SessionFilter, lease.SessionId } };
        settings.Properties ??= new Fields();
        settings.Properties[LockedUntil] = lease.LockedUntil.UtcTicks;
    }
}
