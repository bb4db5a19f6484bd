namespace CityBrain.Embedded.Clock;

/// <summary>
/// The city's time: starts at a given instant and runs at <see cref="Speed"/> times real time, for itself and for every timer made
/// from it. <see cref="TimeProvider.GetTimestamp"/> stays real, since it measures effort. Safe for concurrent use.
/// </summary>
public sealed class CityClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<CityTimer> _timers = [];
    private DateTimeOffset _origin;
    private long _originTimestamp;
    private double _speed;

    /// <param name="start">First instant; null means now.</param>
    /// <param name="speed">City seconds in a real second, above 0.</param>
    public CityClock(DateTimeOffset? start = null, double speed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _origin = start ?? System.GetUtcNow();
        _originTimestamp = System.GetTimestamp();
        _speed = speed;
    }

    /// <summary>City seconds in a real second, above 0. A change re-arms every running timer; time never jumps.</summary>
    public double Speed
    {
        get => _speed;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            CityTimer[] running;
            lock (_lock)
            {
                _origin = Now();
                _originTimestamp = System.GetTimestamp();
                _speed = value;
                running = [.. _timers];
            }

            foreach (var timer in running)
            {
                timer.Rearm();
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return Now();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new CityTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private DateTimeOffset Now() => _origin + System.GetElapsedTime(_originTimestamp) * _speed;

    /// <summary>A timer due at a city instant; it sleeps on a real timer and looks again when that one fires.</summary>
    private sealed class CityTimer : ITimer
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
            _sleep = System.CreateTimer(_ => OnWake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime;
                _period = period;
            }

            Track(_due is not null);
            return Rearm();
        }

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
            Track(false);
            _sleep.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Track(false);
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
                Track(false);
            }
            else
            {
                Rearm();
            }

            _callback(_state);
        }

        private void Track(bool running)
        {
            lock (_clock._lock)
            {
                _ = running ? _clock._timers.Add(this) : _clock._timers.Remove(this);
            }
        }
    }
}
