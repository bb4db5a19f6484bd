namespace CityBrain.Embedded.Companion;

/// <summary>A timer due at a city instant; it sleeps on a real timer and looks again when that one fires.</summary>
internal sealed class CityTimer : ITimer
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    private readonly CityClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly ITimer _sleep;
    private readonly Lock _lock = new();
    private DateTimeOffset? _due;
    private TimeSpan _period;

    public CityTimer(CityClock clock, TimerCallback callback, object? state)
    {
        (_clock, _callback, _state) = (clock, callback, state);
        _sleep = TimeProvider.System.CreateTimer(_ => OnWake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime;
            _period = period;
        }

        _clock.Track(this, _due is not null);
        return Rearm();
    }

    /// <summary>Sleeps anew, by the clock's speed as it is now.</summary>
    public bool Rearm()
    {
        lock (_lock)
        {
            if (_due is not { } due)
            {
                return _sleep.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            var real = (due - _clock.GetUtcNow()) / _clock.Speed;
            var sleep = real > LongestSleep ? LongestSleep : real < TimeSpan.Zero ? TimeSpan.Zero : real;
            return _sleep.Change(TimeSpan.FromMilliseconds(Math.Ceiling(sleep.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _clock.Track(this, false);
        _sleep.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        _clock.Track(this, false);
        return _sleep.DisposeAsync();
    }

    private void OnWake()
    {
        lock (_lock)
        {
            if (_due is not { } due)
            {
                return;
            }

            if (due > _clock.GetUtcNow())
            {
                Rearm();
                return;
            }

            _due = _period > TimeSpan.Zero ? due + _period : null;
        }

        if (_due is null)
        {
            _clock.Track(this, false);
        }
        else
        {
            Rearm();
        }

        _callback(_state);
    }
}
