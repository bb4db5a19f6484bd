using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.TaskHub;

/// <summary>
/// Fires durable timers in order of due time; one timer of the clock waits for the nearest of all. A timer whose execution is over may still
/// fire and finds nobody.
/// </summary>
internal sealed class TimerPump : IDisposable
{
    // Timers of clocks have their limits; at the alarm it looks again.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly SqliteStore _store;
    private readonly TimeProvider _clock;
    private readonly Action<TimerEntry> _fire;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly TimerQueue _queue = new();
    private readonly ITimer _alarm;
    private bool _isFiring;
    private bool _isStarted;

    /// <param name="store">The tables.</param>
    /// <param name="clock">The city's clock.</param>
    /// <param name="fire">Told of each timer that came due, in order.</param>
    /// <param name="log">Where failures go.</param>
    public TimerPump(SqliteStore store, TimeProvider clock, Action<TimerEntry> fire, ILogger log)
    {
        (_store, _clock, _fire, _log) = (store, clock, fire, log);
        _alarm = clock.CreateTimer(_ => OnAlarm(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Timers in memory.</summary>
    public int Count => Locked(() => _queue.Count);

    /// <summary>UTC ticks of the nearest timer; null when there is none.</summary>
    public long? NextDue => Locked(() => _queue.NextDue);

    /// <summary>True when no timer is being fired.</summary>
    public bool IsIdle => Locked(() => !_isFiring);

    /// <summary>Begins with what the table holds.</summary>
    public void Start()
    {
        Locked(() => _isStarted = true);
        OnAlarm();
    }

    /// <summary>Takes timers that have just been committed.</summary>
    public void Add(List<TimerEntry> timers)
    {
        lock (_lock)
        {
            timers.ForEach(_queue.Add);
            Arm();
        }
    }

    /// <summary>Fires no further timer.</summary>
    public void Stop() => Locked(() => _isStarted = false);

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _alarm.Dispose();
    }

    private T Locked<T>(Func<T> act)
    {
        lock (_lock)
        {
            return act();
        }
    }

    private void OnAlarm()
    {
        lock (_lock)
        {
            if (_isFiring || !_isStarted)
                return;
            _isFiring = true;
        }

        try
        {
            var due = new List<TimerEntry>();
            while (TakeDue(due))
            {
                due.ForEach(_fire);
                due.Clear();
            }
        }
        catch (Exception failure)
        {
            OnFailure(failure);
        }
    }

    /// <summary>Takes what has come due; false when nothing has, and the alarm is set for the next.</summary>
    private bool TakeDue(List<TimerEntry> due)
    {
        while (true)
        {
            TimerEntry from;
            lock (_lock)
            {
                if (_isStarted)
                    _queue.TakeDue(_clock.GetUtcNow().UtcTicks, due);
                if (due.Count > 0)
                    return true;
                if (!_isStarted || !_queue.NeedsLoading)
                {
                    _isFiring = false;
                    Arm();
                    return false;
                }

                from = _queue.BeginLoading();
            }

            var page = _store.Read(session => HubReads.Timers(session, from, TimerQueue.PageSize));
            lock (_lock)
            {
                _queue.EndLoading(page);
            }
        }
    }

    private void Arm()
    {
        if (_isFiring || !_isStarted)
            return;
        var wait = _queue.NextDue is { } due ? Math.Clamp(due - _clock.GetUtcNow().UtcTicks, 0, LongestSleep.Ticks) : Timeout.InfiniteTimeSpan.Ticks;
        _alarm.Change(TimeSpan.FromTicks(wait), Timeout.InfiniteTimeSpan);
    }

    private void OnFailure(Exception failure)
    {
        lock (_lock)
        {
            _queue.AbortLoading();
            _isFiring = false;
            if (!_isStarted)
                return;
            _alarm.Change(RetryPause, Timeout.InfiniteTimeSpan);
        }

        _log.TimersNotRead(failure, RetryPause);
    }
}
