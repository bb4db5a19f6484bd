namespace CityBrain.Embedded.ServiceBus.Broker;

/// <content>What is read without taking anything away, and the states of sessions.</content>
internal sealed partial class MessageQueue
{
    public List<StoredMessage> ReadActive(string? sessionId, long after, int limit) => _store.Read(session => MessageSql.Active(session, Id, sessionId, after, limit));

    public List<StoredMessage> Peek(long from, int limit, string? sessionId) => _store.Read(session => MessageSql.Peek(session, Id, from, limit, sessionId));

    public string? NextSession(string after) => _store.Read(session => QueueSql.NextSession(session, Id, after));

    /// <summary>Names of sessions, in order: with messages, or whose state was set after an instant.</summary>
    public List<string> SessionNames(DateTimeOffset? changedSince, int skip, int top) => _store.Read(session =>
        changedSince is { } since ? QueueSql.SessionsChanged(session, Id, since, skip, top) : QueueSql.Sessions(session, Id, skip, top));

    public byte[]? SessionState(string sessionId) => _store.Read(session => QueueSql.SessionState(session, Id, sessionId));

    public Task SetSessionStateAsync(string sessionId, byte[]? state) => _store.WriteAsync(session => QueueSql.SetSessionState(session, Id, sessionId, state, _clock.GetUtcNow()));

    /// <exception cref="BrokerException">No deferred message has that number.</exception>
    public List<StoredMessage> FindDeferred(IReadOnlyList<long> sequenceNumbers, string? sessionId) => _store.Read(session =>
        sequenceNumbers.Select(number => MessageSql.Deferred(session, Id, sessionId, number) ?? throw NotFound(number)).ToList());

    private BrokerException NotFound(long sequenceNumber) =>
        new(BrokerFailure.MessageNotFound, $"No message of '{Path}' with the sequence number {sequenceNumber} is in the state asked for.");
}
