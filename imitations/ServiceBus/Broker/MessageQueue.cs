using Azure.Messaging.ServiceBus;
using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>One queue, or the dead-letter queue of one: what is written to disk, and who is told.</summary>
internal sealed partial class MessageQueue : IDisposable
{
    private readonly EmbeddedPlatform _platform;
    private readonly Action<DateTimeOffset> _onScheduled;
    private readonly MessageChannel _channel;
    private QueueOptions _options;

    /// <param name="platform">Store and clock.</param>
    /// <param name="id">Positive for a queue.</param>
    /// <param name="options">Its declaration.</param>
    /// <param name="onScheduled">Told the city instant of a message just scheduled.</param>
    public MessageQueue(EmbeddedPlatform platform, long id, QueueOptions options, Action<DateTimeOffset> onScheduled)
    {
        (_platform, Id, _options, _onScheduled) = (platform, id, options, onScheduled);
        _channel = new MessageChannel(this, null);
        Sessions = new SessionBoard(this);
        DeadLetters = id < 0 ? null : new MessageQueue(platform, -id, OfDeadLetters(options), onScheduled);
    }

    /// <summary>Positive; the dead-letter queue has the negative.</summary>
    public long Id { get; }

    public string Path => Id < 0 ? Options.Name + "/$deadletterqueue" : Options.Name;

    /// <summary>Null for a dead-letter queue.</summary>
    public MessageQueue? DeadLetters { get; }

    public SessionBoard Sessions { get; }

    public QueueOptions Options
    {
        get => Volatile.Read(ref _options);
        set
        {
            Volatile.Write(ref _options, value);
            if (DeadLetters is not null)
            {
                DeadLetters.Options = OfDeadLetters(value);
            }
        }
    }

    /// <summary>The channel of a queue without sessions.</summary>
    /// <exception cref="InvalidOperationException">The queue requires sessions.</exception>
    public MessageChannel Channel => Options.RequiresSession
        ? throw new InvalidOperationException($"It is not possible for an entity that requires sessions to create a non-sessionful message receiver; accept a session of '{Path}' instead.")
        : _channel;

    private SqliteStore Store => _platform.Store;

    /// <summary>Stores the messages as one; returns their sequence numbers, 0 for a duplicate that was dropped.</summary>
    /// <exception cref="ServiceBusException">They are too large.</exception>
    /// <exception cref="InvalidOperationException">One lacks the session id that the queue requires.</exception>
    public async Task<IReadOnlyList<long>> SendAsync(IReadOnlyList<OutgoingMessage> messages)
    {
        var options = Options;
        OutgoingMessage.CheckSize(messages, Path);
        if (options.RequiresSession && messages.Any(message => message.Content.SessionId is null))
        {
            throw new InvalidOperationException($"The SessionId was not set on a message, and it cannot be sent to '{Path}', which requires sessions.");
        }

        var (now, realNow) = (_platform.Clock.GetUtcNow(), TimeProvider.System.GetUtcNow());
        var sequenceNumbers = await Store.WriteAsync(session =>
        {
            var numbers = new long[messages.Count];
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = Insert(session, messages[i], options, now, realNow);
            }

            return numbers;
        }).ConfigureAwait(false);
        AnnounceSent(messages, options, now);
        return sequenceNumbers;
    }

    /// <exception cref="ServiceBusException">One of them is not scheduled any more; then none is cancelled.</exception>
    public Task CancelScheduledAsync(IReadOnlyList<long> sequenceNumbers) => Store.WriteAsync(session =>
    {
        foreach (var number in sequenceNumbers)
        {
            if (!MessageSql.CancelScheduled(session, Id, number))
            {
                throw NotFound(number);
            }
        }
    });

    public List<StoredMessage> ReadActive(string? sessionId, long after, int limit) => Store.Read(session => MessageSql.Active(session, Id, sessionId, after, limit));

    public List<StoredMessage> Peek(long from, int limit, string? sessionId) => Store.Read(session => MessageSql.Peek(session, Id, from, limit, sessionId));

    public string? NextSession(string after) => Store.Read(session => MessageSql.NextSession(session, Id, after));

    public byte[]? SessionState(string sessionId) => Store.Read(session => MessageSql.SessionState(session, Id, sessionId));

    public Task SetSessionStateAsync(string sessionId, byte[]? state) => Store.WriteAsync(session => MessageSql.SetSessionState(session, Id, sessionId, state));

    /// <exception cref="ServiceBusException">No deferred message has that number.</exception>
    public List<StoredMessage> FindDeferred(IReadOnlyList<long> sequenceNumbers, string? sessionId) => Store.Read(session =>
        sequenceNumbers.Select(number => MessageSql.Deferred(session, Id, sessionId, number) ?? throw NotFound(number)).ToList());

    /// <summary>Messages entered the queue, or one of its sessions.</summary>
    public void Announce(string? sessionId, int count)
    {
        if (Options.RequiresSession && sessionId is not null)
        {
            Sessions.Announce(sessionId, count);
        }
        else
        {
            _channel.Announce(count);
        }
    }

    /// <summary>Forgets ids sent before the duplicate detection window; true when there may be more.</summary>
    public async Task<bool> ForgetSentAsync(DateTimeOffset realNow) => Options.DuplicateDetectionWindow is { } window
        && await Store.WriteAsync(session => MessageSql.Forget(session, Id, realNow - window)).ConfigureAwait(false) == MessageSql.ForgottenAtOnce;

    /// <inheritdoc/>
    public void Dispose()
    {
        _channel.Dispose();
        Sessions.Dispose();
        DeadLetters?.Dispose();
    }

    private static QueueOptions OfDeadLetters(QueueOptions options) => new() { Name = options.Name, LockDuration = options.LockDuration, MaxDeliveryCount = int.MaxValue };

    private long Insert(SqliteSession session, OutgoingMessage message, QueueOptions options, DateTimeOffset now, DateTimeOffset realNow)
    {
        if (options.DuplicateDetectionWindow is { } window && !MessageSql.Remember(session, Id, message.Content.MessageId, realNow, realNow - window))
        {
            return 0;
        }

        var scheduled = message.ScheduledTime > now;
        var ttl = options.DefaultTimeToLive is { } longest && longest < message.TimeToLive ? longest : message.TimeToLive;
        MessageSql.Insert(session, Id, options.RequiresSession ? message.Content.SessionId : null, now, ttl, scheduled ? message.ScheduledTime : null, message);
        return MessageSql.LastInserted(session);
    }

    private void AnnounceSent(IReadOnlyList<OutgoingMessage> messages, QueueOptions options, DateTimeOffset now)
    {
        if (messages.Count == 1 && messages[0].ScheduledTime <= now)
        {
            Announce(messages[0].Content.SessionId, 1);
            return;
        }

        foreach (var group in messages.Where(message => message.ScheduledTime <= now).GroupBy(message => options.RequiresSession ? message.Content.SessionId : null))
        {
            Announce(group.Key, group.Count());
        }

        if (messages.Where(message => message.ScheduledTime > now).Select(message => (DateTimeOffset?)message.ScheduledTime).Min() is { } due)
        {
            _onScheduled(due);
        }
    }

    private ServiceBusException NotFound(long sequenceNumber) =>
        new($"No message of '{Path}' with the sequence number {sequenceNumber} is in the state asked for.", ServiceBusFailureReason.MessageNotFound, Path);
}
