using CityBrain.Embedded.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message to send.</summary>
public class ServiceBusMessage
{
    private const int LongestId = 128;

    private string? _messageId;
    private string? _sessionId;
    private string? _partitionKey;
    private TimeSpan _timeToLive = TimeSpan.MaxValue;

    /// <summary>A message without a body.</summary>
    public ServiceBusMessage()
        : this(BinaryData.FromBytes(ReadOnlyMemory<byte>.Empty))
    {
    }

    /// <param name="body">Text, sent as UTF-8.</param>
    public ServiceBusMessage(string body)
        : this(BinaryData.FromString(body))
    {
    }

    /// <param name="body">The bytes to send.</param>
    public ServiceBusMessage(ReadOnlyMemory<byte> body)
        : this(BinaryData.FromBytes(body))
    {
    }

    /// <param name="body">The body.</param>
    public ServiceBusMessage(BinaryData body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Body = body;
    }

    /// <summary>A copy of a received message to send on, without what the broker wrote on it.</summary>
    /// <param name="receivedMessage">The message to copy.</param>
    public ServiceBusMessage(ServiceBusReceivedMessage receivedMessage)
    {
        ArgumentNullException.ThrowIfNull(receivedMessage);
        Body = receivedMessage.Body;
        _messageId = receivedMessage.MessageId;
        _sessionId = receivedMessage.SessionId;
        _partitionKey = receivedMessage.PartitionKey;
        _timeToLive = receivedMessage.TimeToLive;
        CorrelationId = receivedMessage.CorrelationId;
        Subject = receivedMessage.Subject;
        ContentType = receivedMessage.ContentType;
        ReplyTo = receivedMessage.ReplyTo;
        ReplyToSessionId = receivedMessage.ReplyToSessionId;
        To = receivedMessage.To;
        foreach (var (key, value) in receivedMessage.ApplicationProperties)
        {
            if (key is not (DeadLetterReason.ReasonProperty or DeadLetterReason.DescriptionProperty))
            {
                ApplicationProperties[key] = value;
            }
        }
    }

    /// <summary>The body.</summary>
    public BinaryData Body { get; set; }

    /// <summary>Identifies the message to duplicate detection, up to 128 characters; the broker makes one up when it is null.</summary>
    public string? MessageId
    {
        get => _messageId;
        set => _messageId = Checked(value, nameof(MessageId));
    }

    /// <summary>Equal to the session id when both are set, up to 128 characters.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It differs from the session id.</exception>
    public string? PartitionKey
    {
        get => _partitionKey;
        set
        {
            if (value is not null && _sessionId is not null && value != _sessionId)
            {
                throw new ArgumentOutOfRangeException(nameof(PartitionKey), "The PartitionKey must be the SessionId when both are set.");
            }

            _partitionKey = Checked(value, nameof(PartitionKey));
        }
    }

    /// <summary>The session, up to 128 characters; needed in a queue that requires sessions.</summary>
    public string? SessionId
    {
        get => _sessionId;
        set
        {
            _sessionId = Checked(value, nameof(SessionId));
            _partitionKey = _partitionKey is null ? null : value;
        }
    }

    /// <summary>Session to reply to.</summary>
    public string? ReplyToSessionId { get; set; }

    /// <summary>How long the message lives in the queue, above zero; <see cref="TimeSpan.MaxValue"/> unless set.</summary>
    public TimeSpan TimeToLive
    {
        get => _timeToLive;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(TimeToLive));
            _timeToLive = value;
        }
    }

    /// <summary>Relates the message to something the application knows.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>What the message is about.</summary>
    public string? Subject { get; set; }

    /// <summary>Where the message should go on to; the broker only carries it.</summary>
    public string? To { get; set; }

    /// <summary>Media type of the body.</summary>
    public string? ContentType { get; set; }

    /// <summary>Where to reply.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>When the message enters the queue; the past means at once.</summary>
    public DateTimeOffset ScheduledEnqueueTime { get; set; }

    /// <summary>Properties of simple types: text, numbers, Boolean, dates, <see cref="Guid"/>, <see cref="Uri"/>.</summary>
    public IDictionary<string, object> ApplicationProperties { get; } = new Dictionary<string, object>();

    /// <inheritdoc/>
    public override string ToString() => $"{{MessageId:{MessageId}}}";

    private static string? Checked(string? value, string property) => value?.Length > LongestId
        ? throw new ArgumentOutOfRangeException(property, $"The {property} has {value.Length} characters; the limit is {LongestId}.")
        : value;
}
