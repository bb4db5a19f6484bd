using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>
/// Moves scheduled messages into their queues, and expired ones out, when the city's clock reaches their instant. One timer sleeps until
/// the next of them; the file says which is next. A message that expires while it is locked is left to whoever holds it.
/// </summary>
internal sealed class TimedMessages : IDisposable
{
    private const int AtOnce = 256;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(20);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly SqliteStore _store;
    private readonly TimeProvider _clock;
    private readonly Activity _activity;
    private readonly Func<long, MessageQueue?> _find;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MaxValue;
    private ExpiredMessage _seen;
    private bool _running;
    private bool _firedMeanwhile;
    private bool _disposed;

    /// <param name="store">Where messages are.</param>
    /// <param name="clock">City time.</param>
    /// <param name="activity">Counts what is under way.</param>
    /// <param name="find">The queue of a number, if it is declared.</param>
    public TimedMessages(SqliteStore store, TimeProvider clock, Activity activity, Func<long, MessageQueue?> find)
    {
        (_store, _clock, _activity, _find) = (store, clock, activity, find);
        _timer = clock.CreateTimer(_ => _ = RunAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>City instant of the next scheduled message or expiry; null when nothing waits.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_lock)
            {
                return _next == DateTimeOffset.MaxValue ? null : _next;
            }
        }
    }

    /// <summary>Looks for what is due, or was due while the broker was closed.</summary>
    public void Start() => Expect(_store.Read(session => TimedSql.NextDue(session, _seen)));

    /// <summary>Something is due at this city instant.</summary>
    public void Expect(DateTimeOffset? due)
    {
        lock (_lock)
        {
            if (due is { } instant && instant < _next && !_disposed)
            {
                _next = instant;
                var wait = instant - _clock.GetUtcNow();
                _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestSleep ? LongestSleep : wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _timer.Dispose();
        }
    }

    private async Task RunAsync()
    {
        using var underWay = _activity.Enter();
        lock (_lock)
        {
            _next = DateTimeOffset.MaxValue;
            if (_running || _disposed)
            {
                // The run under way may have looked before the message of this alarm was there.
                _firedMeanwhile = true;
                return;
            }

            (_running, _firedMeanwhile) = (true, false);
        }

        DateTimeOffset? next;
        try
        {
            await ActivateAsync().ConfigureAwait(false);
            await ExpireAsync().ConfigureAwait(false);
            next = _store.Read(session => TimedSql.NextDue(session, _seen));
        }
        catch (ObjectDisposedException)
        {
            return;
        }
        catch (Exception)
        {
            // The disk refused; the messages are still there, so the next try finds them.
            next = _clock.GetUtcNow() + RetryDelay;
        }

        lock (_lock)
        {
            _running = false;
            next = _firedMeanwhile ? DateTimeOffset.MinValue : next;
        }

        Expect(next);
    }

    private async Task ActivateAsync()
    {
        int count;
        do
        {
            var now = _clock.GetUtcNow();
            var activated = await _store.WriteAsync(session => TimedSql.ActivateDue(session, now, AtOnce)).ConfigureAwait(false);
            activated.ForEach(row => _find(row.Queue)?.Announce(row.Session, 1));
            count = activated.Count;
        }
        while (count == AtOnce);
    }

    private async Task ExpireAsync()
    {
        List<ExpiredMessage> expired;
        do
        {
            var now = _clock.GetUtcNow();
            expired = _store.Read(session => TimedSql.Expired(session, _seen, now, AtOnce));
            foreach (var ofQueue in expired.GroupBy(row => row.Queue))
            {
                if (_find(ofQueue.Key) is { } queue)
                {
                    await queue.ExpireAsync([.. ofQueue]).ConfigureAwait(false);
                }
            }

            _seen = expired.Count > 0 ? expired[^1] : _seen;
        }
        while (expired.Count == AtOnce);
    }
}
