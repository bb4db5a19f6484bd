namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>
/// Who holds which session of a queue. The next free session is looked for in the file from where the last search ended, by index, so
/// sessions take turns and nothing is kept for a session that nobody holds. Safe for concurrent use.
/// </summary>
internal sealed class SessionBoard : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionLease> _held = new(StringComparer.Ordinal);
    private readonly WaitingList _acceptors;
    private readonly MessageQueue _queue;
    private readonly Activity _activity;
    private string _last = "";
    private bool _disposed;

    public SessionBoard(MessageQueue queue, Activity activity)
    {
        (_queue, _activity) = (queue, activity);
        _acceptors = new WaitingList(_lock, activity);
    }

    /// <exception cref="BrokerException">The queue is without sessions, or another receiver holds the session.</exception>
    public SessionLease Accept(string sessionId)
    {
        lock (_lock)
        {
            Check();
            if (_held.ContainsKey(sessionId))
            {
                throw new BrokerException(BrokerFailure.SessionCannotBeLocked, $"The requested session '{sessionId}' cannot be accepted. It may be locked by another receiver.");
            }

            return Hold(sessionId);
        }
    }

    /// <summary>Accepts a free session that has messages; null when none came in time (real).</summary>
    /// <exception cref="BrokerException">The queue is without sessions.</exception>
    public async Task<SessionLease?> AcceptNextAsync(TimeSpan maxWait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (started, woken) = (TimeProvider.System.GetTimestamp(), false);
        while (true)
        {
            LinkedListNode<TaskCompletionSource> place;
            lock (_lock)
            {
                try
                {
                    Check();
                    if (FindFree() is { } free)
                    {
                        return Hold(free);
                    }

                    place = _acceptors.Join();
                }
                finally
                {
                    if (woken)
                    {
                        _acceptors.Looked();
                    }
                }
            }

            var left = WaitingList.Left(maxWait, started);
            woken = await _acceptors.WaitAsync(place, left, cancellationToken).ConfigureAwait(false);
            if (!woken)
            {
                return null;
            }
        }
    }

    /// <summary>New messages of a session are on disk.</summary>
    public void Announce(string sessionId, int count)
    {
        lock (_lock)
        {
            if (_held.TryGetValue(sessionId, out var lease))
            {
                lease.Channel.Announce(count);
            }
            else
            {
                _acceptors.Wake();
            }
        }
    }

    /// <summary>True while a receiver holds this message of a session.</summary>
    public bool Holds(string sessionId, long sequenceNumber)
    {
        lock (_lock)
        {
            return _held.TryGetValue(sessionId, out var lease) && lease.Channel.Holds(sequenceNumber);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var lease in _held.Values)
            {
                lease.Dispose();
            }

            _acceptors.WakeAll();
        }
    }

    private void Check()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(MessageBroker));
        if (!_queue.Options.RequiresSession)
        {
            throw new BrokerException(BrokerFailure.NotAllowed, $"'{_queue.Path}' does not require sessions, so no session of it can be accepted.");
        }
    }

    private SessionLease Hold(string sessionId) => _held[sessionId] = new SessionLease(_queue, sessionId, _activity, OnFree);

    private void OnFree(SessionLease lease)
    {
        lock (_lock)
        {
            if (_held.TryGetValue(lease.SessionId, out var current) && current == lease)
            {
                _held.Remove(lease.SessionId);
                _acceptors.Wake();
            }
        }
    }

    private string? FindFree()
    {
        var (start, at, wrapped) = (_last, _last, false);
        while (true)
        {
            if (_queue.NextSession(at) is { } found && (!wrapped || string.CompareOrdinal(found, start) <= 0))
            {
                if (!_held.ContainsKey(found))
                {
                    return _last = found;
                }

                at = found;
            }
            else if (wrapped)
            {
                return null;
            }
            else
            {
                (at, wrapped) = ("", true);
            }
        }
    }
}
