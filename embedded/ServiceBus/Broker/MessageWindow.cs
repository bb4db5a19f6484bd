namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>
/// The next messages of a channel, read from the file by index a few at a time. Only messages that came back lie before its end. The
/// caller holds the channel's lock, but for <see cref="HasMoreInStore"/>.
/// </summary>
/// <param name="queue">Whose messages they are.</param>
/// <param name="session">One session of it; null for a queue without sessions.</param>
internal sealed class MessageWindow(MessageQueue queue, string? session)
{
    private const int Bytes = 4 * 1024 * 1024;
    private const int FewestRows = 8;
    private const int MostRows = 256;

    private readonly PriorityQueue<StoredMessage, long> _ready = new();
    private long _end;
    private int _rows = 32;
    private volatile bool _moreInStore = true;

    /// <summary>True when messages may lie beyond the end of the window.</summary>
    public bool HasMoreInStore
    {
        get => _moreInStore;
        set => _moreInStore = value;
    }

    /// <summary>Takes the first message; null when there is none.</summary>
    public StoredMessage? Next()
    {
        if (_ready.Count == 0 && _moreInStore)
        {
            Read();
        }

        return _ready.TryDequeue(out var next, out _) ? next : null;
    }

    /// <summary>Puts a message back in its old place.</summary>
    public void Return(StoredMessage message) => _ready.Enqueue(message, message.SequenceNumber);

    public void Clear() => _ready.Clear();

    private void Read()
    {
        // Cleared before reading: a message committed after the read sets it again.
        _moreInStore = false;
        var rows = queue.ReadActive(session, _end, _rows);
        long bytes = 1;
        foreach (var row in rows)
        {
            Return(row);
            _end = row.SequenceNumber;
            bytes += row.Bare.Length;
        }

        _moreInStore |= rows.Count == _rows;

        // As many rows the next time as fill the window, by the mean size of these.
        _rows = (int)Math.Clamp(Bytes * (long)Math.Max(1, rows.Count) / bytes, FewestRows, MostRows);
    }
}
