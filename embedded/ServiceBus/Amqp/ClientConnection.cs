using System.Collections.Concurrent;
using CityBrain.Embedded.ServiceBus.Access;
using CityBrain.Embedded.ServiceBus.Broker;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Azure.Amqp.Transport;

namespace CityBrain.Embedded.ServiceBus.Amqp;

/// <summary>A client's connection: what its tokens open, where its replies go, and which sessions its links hold. Safe for concurrent use.</summary>
internal sealed class ClientConnection(TransportBase transport, ProtocolHeader header, AmqpSettings settings, AmqpConnectionSettings connectionSettings)
    : AmqpConnection(transport, header, false, settings, connectionSettings)
{
    private readonly ConcurrentDictionary<string, Grant> _grants = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, SendingAmqpLink> _replies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SessionLease> _leases = new(StringComparer.Ordinal);

    /// <summary>Keeps what a token opens; a newer one for the same address takes the place of the older.</summary>
    public void Add(Grant grant) => _grants[grant.Path] = grant;

    /// <exception cref="BrokerException">No token of this connection opens the queue with that right.</exception>
    public void Demand(string queue, AccessRights right)
    {
        if (WhyRefused(queue, right) is { } refusal)
        {
            throw new BrokerException(BrokerFailure.Unauthorized, $"Unauthorized access to '{queue}'. {refusal}");
        }
    }

    /// <exception cref="BrokerException">No token of this connection opens the queue with any right.</exception>
    public void DemandAny(string queue)
    {
        if (WhyRefused(queue, AccessRights.Listen) is not null)
        {
            Demand(queue, AccessRights.Send);
        }
    }

    /// <summary>Remembers where replies go: by the address in the link's target (.NET) and by its name (JavaScript).</summary>
    public void AddReplyLink(SendingAmqpLink link)
    {
        string?[] keys = [link.Name, (link.Settings.Target as Target)?.Address?.ToString()];
        foreach (var key in keys)
        {
            if (key is not null)
            {
                _replies[key] = link;
            }
        }

        LinkEnd.Watch(link, () =>
        {
            foreach (var key in keys)
            {
                if (key is not null)
                {
                    _replies.TryRemove(KeyValuePair.Create(key, link));
                }
            }
        });
    }

    public SendingAmqpLink? FindReplyLink(string? replyTo) => replyTo is not null && _replies.TryGetValue(replyTo, out var link) ? link : null;

    public void AddLease(string linkName, SessionLease lease) => _leases[linkName] = lease;

    public void RemoveLease(string linkName, SessionLease lease) => _leases.TryRemove(KeyValuePair.Create(linkName, lease));

    /// <summary>The lease of a link, or else that of the session on any link of this connection.</summary>
    /// <exception cref="BrokerException">This connection does not hold the session.</exception>
    public SessionLease FindLease(string? linkName, MessageQueue queue, string sessionId) =>
        linkName is not null && _leases.TryGetValue(linkName, out var ofLink) && ofLink.SessionId == sessionId && ofLink.Queue == queue
            ? ofLink
            : _leases.Values.FirstOrDefault(lease => lease.SessionId == sessionId && lease.Queue == queue)
                ?? throw new BrokerException(BrokerFailure.SessionLockLost, $"The session '{sessionId}' is not held by this connection. Accept the session again.");

    private string? WhyRefused(string queue, AccessRights right)
    {
        string? refusal = "No token was put for it.";
        foreach (var grant in _grants.Values)
        {
            // Clients ask for a token for the management node and for the sub-queue of a queue; its key decides about the queue.
            var covered = ResourcePath.Covers(queue, grant.Path) ? grant with { Path = queue } : grant;
            if ((refusal = covered.WhyRefused(queue, right)) is null)
            {
                return null;
            }
        }

        return refusal;
    }
}
