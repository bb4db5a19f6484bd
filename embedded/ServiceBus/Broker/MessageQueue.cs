using CityBrain.Embedded.ServiceBus.Messages;
using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>One queue, or the dead-letter queue of one: what enters it, and who is told. Safe for concurrent use.</summary>
internal sealed partial class MessageQueue : IDisposable
{
    private readonly SqliteStore _store;
    private readonly TimeProvider _clock;
    private readonly Activity _activity;
    private readonly Action<DateTimeOffset> _onDue;
    private readonly MessageChannel _channel;
    private QueueOptions _options;

    /// <param name="store">Where messages are.</param>
    /// <param name="clock">City time.</param>
    /// <param name="activity">Counts what is under way.</param>
    /// <param name="id">Positive for a queue.</param>
    /// <param name="options">Its declaration.</param>
    /// <param name="onDue">Told the city instant at which a message just stored enters or expires.</param>
    public MessageQueue(SqliteStore store, TimeProvider clock, Activity activity, long id, QueueOptions options, Action<DateTimeOffset> onDue)
    {
        (_store, _clock, _activity, Id, _options, _onDue) = (store, clock, activity, id, options, onDue);
        _channel = new MessageChannel(this, null, activity);
        Sessions = new SessionBoard(this, activity);
        DeadLetters = id < 0 ? null : new MessageQueue(store, clock, activity, -id, OfDeadLetters(options), onDue);
    }

    /// <summary>Positive; the dead-letter queue has the negative.</summary>
    public long Id { get; }

    public string Path => Id < 0 ? Options.Name + "/$deadletterqueue" : Options.Name;

    /// <summary>Null for a dead-letter queue.</summary>
    public MessageQueue? DeadLetters { get; }

    public SessionBoard Sessions { get; }

    /// <summary>City time.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

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
    /// <exception cref="BrokerException">The queue requires sessions.</exception>
    public MessageChannel Channel => Options.RequiresSession
        ? throw new BrokerException(
            BrokerFailure.NotAllowed, $"It is not possible for an entity that requires sessions to create a non-sessionful message receiver; accept a session of '{Path}' instead.")
        : _channel;

    /// <summary>Checks what came in one transfer, without storing it.</summary>
    /// <param name="messages">The messages of the transfer.</param>
    /// <param name="size">Bytes of the transfer as it was encoded.</param>
    /// <exception cref="BrokerException">It is too large or empty, or a message lacks the session id that the queue requires.</exception>
    public void Check(IReadOnlyList<IncomingMessage> messages, long size)
    {
        if (size > Options.MaxMessageSize)
        {
            throw new BrokerException(BrokerFailure.MessageSizeExceeded, $"The messages to send have {size} bytes; the limit of '{Path}' is {Options.MaxMessageSize} bytes.");
        }

        if (messages.Count == 0)
        {
            throw new BrokerException(BrokerFailure.InvalidArgument, "The batch is empty.");
        }

        if (Options.RequiresSession && messages.Any(message => message.SessionId is null))
        {
            throw new BrokerException(BrokerFailure.NotAllowed, $"The SessionId was not set on a message, and it cannot be sent to '{Path}', which requires sessions.");
        }
    }

    /// <summary>Stores checked messages, all or none; returns their sequence numbers, 0 for a duplicate that was dropped.</summary>
    public async Task<long[]> SendAsync(IReadOnlyList<IncomingMessage> messages)
    {
        using var underWay = _activity.Enter();
        var (options, now, realNow) = (Options, _clock.GetUtcNow(), TimeProvider.System.GetUtcNow());
        var sequenceNumbers = await _store.WriteAsync(session =>
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

    /// <exception cref="BrokerException">One of them is not scheduled any more; then none is cancelled.</exception>
    public Task CancelScheduledAsync(IReadOnlyList<long> sequenceNumbers) => _store.WriteAsync(session =>
    {
        foreach (var number in sequenceNumbers)
        {
            if (!MessageSql.CancelScheduled(session, Id, number))
            {
                throw NotFound(number);
            }
        }
    });

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
        && await _store.WriteAsync(session => QueueSql.Forget(session, Id, realNow - window)).ConfigureAwait(false) == QueueSql.ForgottenAtOnce;

    /// <inheritdoc/>
    public void Dispose()
    {
        _channel.Dispose();
        Sessions.Dispose();
        DeadLetters?.Dispose();
    }

    private static QueueOptions OfDeadLetters(QueueOptions options) => options with
    {
        MaxDeliveryCount = int.MaxValue,
        RequiresSession = false,
        DefaultTimeToLive = null,
        DuplicateDetectionWindow = null,
    };

    private long Insert(SqliteSession session, IncomingMessage message, QueueOptions options, DateTimeOffset now, DateTimeOffset realNow)
    {
        if (options.DuplicateDetectionWindow is { } window && !QueueSql.Remember(session, Id, message.MessageId, realNow, realNow - window))
        {
            return 0;
        }

        var due = message.ScheduledTime > now ? message.ScheduledTime : null;
        return MessageSql.Insert(session, Id, options.RequiresSession ? message.SessionId : null, now, TimeToLive(message, options), due, message);
    }

    private void AnnounceSent(IReadOnlyList<IncomingMessage> messages, QueueOptions options, DateTimeOffset now)
    {
        var (ready, next) = (new Dictionary<string, int>(StringComparer.Ordinal), DateTimeOffset.MaxValue);
        foreach (var message in messages)
        {
            var ttl = TimeToLive(message, options);
            if (message.ScheduledTime > now)
            {
                next = message.ScheduledTime < next ? message.ScheduledTime.Value : next;
                continue;
            }

            next = ttl < next - now ? now + ttl : next;
            var session = options.RequiresSession ? message.SessionId! : "";
            ready[session] = ready.GetValueOrDefault(session) + 1;
        }

        foreach (var (session, count) in ready)
        {
            Announce(session, count);
        }

        if (next < DateTimeOffset.MaxValue)
        {
            _onDue(next);
        }
    }

    private static TimeSpan TimeToLive(IncomingMessage message, QueueOptions options) =>
        options.DefaultTimeToLive is { } longest && longest < message.TimeToLive ? longest : message.TimeToLive;
}
