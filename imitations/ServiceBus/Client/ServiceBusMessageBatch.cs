using CityBrain.Embedded.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Messages that are sent as one: all or none. Not safe for concurrent use.</summary>
public sealed class ServiceBusMessageBatch : IDisposable
{
    private readonly List<OutgoingMessage> _messages = [];
    private readonly FakeBatch? _fake;
    private long _size;

    internal ServiceBusMessageBatch(long maxSize, FakeBatch? fake = null)
    {
        MaxSizeInBytes = maxSize;
        _fake = fake;
    }

    /// <summary>Largest size of the batch.</summary>
    public long MaxSizeInBytes { get; }

    /// <summary>Size of what was added.</summary>
    public long SizeInBytes => _fake?.Size ?? _size;

    /// <summary>Number of messages.</summary>
    public int Count => _fake?.Messages.Count ?? _messages.Count;

    internal IReadOnlyList<OutgoingMessage> Messages => _messages;

    /// <summary>False when the message does not fit any more.</summary>
    public bool TryAddMessage(ServiceBusMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_fake is not null)
        {
            var added = _fake.TryAdd?.Invoke(message) ?? true;
            if (added)
            {
                _fake.Messages.Add(message);
            }

            return added;
        }

        var outgoing = OutgoingMessage.From(message);
        if (_size + outgoing.Size > MaxSizeInBytes)
        {
            return false;
        }

        _size += outgoing.Size;
        _messages.Add(outgoing);
        return true;
    }

    /// <summary>Empties the batch.</summary>
    public void Dispose()
    {
        _messages.Clear();
        _size = 0;
    }
}
