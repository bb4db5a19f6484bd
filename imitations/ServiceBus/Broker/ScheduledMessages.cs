using CityBrain.Embedded.Storage;

namespace CityBrain.Embedded.ServiceBus;

/// <summary>
/// Moves scheduled messages into their queues when the city's clock reaches their instant. One timer sleeps until the next of them; the
/// file says which is next, so nothing is kept in memory.
/// </summary>
internal sealed class ScheduledMessages : IDisposable
{
    private const int AtOnce = 256;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(20);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly EmbeddedPlatform _platform;
    private readonly Action<long, string?> _announce;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MaxValue;
    private bool _running;
    private bool _firedMeanwhile;
    private bool _disposed;

    /// <param name="platform">Store and clock.</param>
    /// <param name="announce">Told the queue and the session of each message that became active.</param>
    public ScheduledMessages(EmbeddedPlatform platform, Action<long, string?> announce)
    {
        (_platform, _announce) = (platform, announce);
        _timer = platform.Clock.CreateTimer(_ => _ = RunAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Looks for what is due, or was due while the platform was closed.</summary>
    public void Start() => Expect(_platform.Store.Read(MessageSql.NextDue));

    /// <summary>A message is due at this city instant.</summary>
    public void Expect(DateTimeOffset? due)
    {
        lock (_lock)
        {
            if (due is { } instant && instant < _next && !_disposed)
            {
                _next = instant;
                var wait = instant - _platform.Clock.GetUtcNow();
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
            next = await ActivateAsync().ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            return;
        }
        catch (Exception)
        {
            // The disk refused; the messages are still there, so the next try finds them.
            next = _platform.Clock.GetUtcNow() + RetryDelay;
        }

        lock (_lock)
        {
            _running = false;
            next = _firedMeanwhile ? DateTimeOffset.MinValue : next;
        }

        Expect(next);
    }

    private async Task<DateTimeOffset?> ActivateAsync()
    {
        while (true)
        {
            var now = _platform.Clock.GetUtcNow();
            var activated = await _platform.Store.WriteAsync(session => MessageSql.ActivateDue(session, now, AtOnce)).ConfigureAwait(false);
            activated.ForEach(row => _announce(row.Queue, row.Session));
            if (activated.Count < AtOnce)
            {
                return _platform.Store.Read(MessageSql.NextDue);
            }
        }
    }
}
