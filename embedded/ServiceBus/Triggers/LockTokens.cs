using System.Collections.Concurrent;
using CityBrain.Embedded.ServiceBus.Broker;

namespace CityBrain.Embedded.ServiceBus.Triggers;

/// <summary>
/// The messages and sessions that triggered functions hold now. A worker settles by lock token alone: nothing tells which function or
/// queue it means. Safe for concurrent use.
/// </summary>
internal sealed class LockTokens
{
    private readonly ConcurrentDictionary<Guid, Holding> _messages = new();
    private readonly ConcurrentDictionary<SessionLease, bool> _released = new();
    private readonly ConcurrentDictionary<string, SessionLease> _sessions = new(StringComparer.Ordinal);

    /// <summary>A function holds this message from now on.</summary>
    public void Add(Guid token, MessageQueue queue, MessageChannel channel) => _messages[token] = new Holding(queue, channel);

    /// <summary>The function has ended; true when it has not settled the message.</summary>
    public bool Remove(Guid token) => _messages.TryRemove(token, out _);

    public void Add(SessionLease session) => _sessions[session.SessionId] = session;

    public void Remove(SessionLease session)
    {
        _sessions.TryRemove(KeyValuePair.Create(session.SessionId, session));
        _released.TryRemove(session, out _);
    }

    /// <summary>Settles a message for the function that holds it.</summary>
    /// <exception cref="BrokerException">No function holds it, or its lock is lost.</exception>
    public async Task SettleAsync(Guid token, Settlement settlement)
    {
        var (queue, channel) = Find(token);
        await queue.SettleAsync(new SettlementRequest(channel, token, settlement)).ConfigureAwait(false);
        _messages.TryRemove(token, out _);
    }

    /// <returns>The real instant until which the message is locked now.</returns>
    /// <exception cref="BrokerException">No function holds it, or its lock is lost.</exception>
    public DateTimeOffset Renew(Guid token) => Find(token).Channel.Renew(token);

    /// <exception cref="BrokerException">No function holds the session, or its lock is lost.</exception>
    public SessionLease Session(string sessionId)
    {
        if (!_sessions.TryGetValue(sessionId, out var session))
        {
            throw new BrokerException(BrokerFailure.SessionLockLost, $"No function holds the session '{sessionId}'.");
        }

        session.Channel.ThrowIfLost();
        return session;
    }

    /// <summary>The function wants no more of the session: its trigger gives it up when the invocation has ended.</summary>
    /// <exception cref="BrokerException">No function holds the session, or its lock is lost.</exception>
    public void Release(string sessionId) => _released[Session(sessionId)] = true;

    /// <summary>True after <see cref="Release"/>.</summary>
    public bool IsReleased(SessionLease session) => _released.ContainsKey(session);

    private Holding Find(Guid token) => _messages.TryGetValue(token, out var holding)
        ? holding
        : throw new BrokerException(BrokerFailure.MessageLockLost, "The lock supplied is invalid: the function that held the message has ended, or has settled it already.");

    private sealed record Holding(MessageQueue Queue, MessageChannel Channel);
}
