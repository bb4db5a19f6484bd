using Azure.Messaging.ServiceBus;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>
/// Who holds which session of a queue. The next free session is looked for in the file from where the last search ended, by index, so
/// sessions take turns and nothing is kept for a session that nobody holds.
/// </summary>
internal sealed class SessionBoard(MessageQueue queue) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionLease> _held = new(StringComparer.Ordinal);
    private WaitingList? _acceptors;
    private string _last = "";
    private bool _disposed;

    private WaitingList Acceptors => _acceptors ??= new WaitingList(_lock);

    /// <exception cref="ServiceBusException">Another receiver holds the session.</exception>
    public SessionLease Accept(string sessionId)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(Broker));
            if (_held.ContainsKey(sessionId))
            {
                throw new ServiceBusException(
                    $"The requested session '{sessionId}' cannot be accepted. It may be locked by another receiver.", ServiceBusFailureReason.SessionCannotBeLocked, queue.Path);
            }

            return Hold(sessionId);
        }
    }

    /// <summary>Accepts a free session that has messages; null when none came in time.</summary>
    public async Task<SessionLease?> AcceptNextAsync(TimeSpan maxWait, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            LinkedListNode<TaskCompletionSource> place;
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, typeof(Broker));
                if (FindFree() is { } free)
                {
                    return Hold(free);
                }

                place = Acceptors.Join();
            }

            if (!await Acceptors.WaitAsync(place, maxWait - TimeProvider.System.GetElapsedTime(started), cancellationToken).ConfigureAwait(false))
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
                Acceptors.Wake();
            }
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

            Acceptors.WakeAll();
        }
    }

    private SessionLease Hold(string sessionId) => _held[sessionId] = new SessionLease(queue, sessionId, OnEnd);

    private void OnEnd(SessionLease lease)
    {
        lock (_lock)
        {
            if (_held.TryGetValue(lease.SessionId, out var current) && current == lease)
            {
                _held.Remove(lease.SessionId);
                Acceptors.Wake();
            }
        }
    }

    private string? FindFree()
    {
        var (start, at, wrapped) = (_last, _last, false);
        while (true)
        {
            if (queue.NextSession(at) is { } found && (!wrapped || string.CompareOrdinal(found, start) <= 0))
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
