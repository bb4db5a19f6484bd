namespace CityBrain.Embedded.Companion;

/// <summary>
/// The city's time: starts at a given instant and runs at <see cref="Speed"/> times real time, for itself and for every timer made
/// from it. <see cref="TimeProvider.GetTimestamp"/> stays real, since it measures effort. The host sets it; in the worker's process it follows
/// the host's through a <see cref="ClockBoard"/>. Safe for concurrent use.
/// </summary>
public sealed class CityClock : TimeProvider, IDisposable
{
    private static readonly TimeSpan FollowPause = TimeSpan.FromMilliseconds(15);

    private readonly Lock _lock = new();
    private readonly HashSet<CityTimer> _timers = [];
    private readonly ClockBoard? _board;
    private readonly ITimer? _follower;
    private ClockReading _reading;
    private long _edition;

    /// <summary>A clock of one's own.</summary>
    /// <param name="start">First instant; null means now.</param>
    /// <param name="speed">City seconds in a real second, above 0.</param>
    public CityClock(DateTimeOffset? start = null, double speed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        _reading = new ClockReading((start ?? System.GetUtcNow()).UtcTicks, System.GetTimestamp(), speed);
    }

    private CityClock(ClockBoard board)
    {
        (_board, _edition, _reading) = (board, board.Edition, board.Read());
        _follower = System.CreateTimer(_ => Follow(), null, FollowPause, FollowPause);
    }

    /// <summary>City seconds in a real second, above 0. A change re-arms every running timer; time never jumps.</summary>
    public double Speed
    {
        get => Reading.Speed;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            Set(reading => reading.At(value));
        }
    }

    /// <summary>Where others read this clock; null when nobody does.</summary>
    internal ClockBoard? Shown { get; private set; }

    private ClockReading Reading
    {
        get
        {
            if (_board is not null)
            {
                return _board.Read();
            }

            lock (_lock)
            {
                return _reading;
            }
        }
    }

    /// <summary>Sets the clock forward to an instant; an instant that has passed changes nothing. Timers that are due by then fire.</summary>
    public void JumpTo(DateTimeOffset instant) => Set(reading => instant > reading.Now() ? reading.At(instant) : reading);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Reading.Now();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new CityTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _follower?.Dispose();
        _board?.Dispose();
        Shown?.Dispose();
    }

    /// <summary>Shows this clock to other processes, through a file.</summary>
    internal void ShowOn(string path)
    {
        lock (_lock)
        {
            Shown = ClockBoard.Create(path, _reading);
        }
    }

    /// <summary>A clock that shows what another process shows on a file; setting its speed changes nothing.</summary>
    internal static CityClock Following(string path) => new(ClockBoard.Open(path));

    internal void Track(CityTimer timer, bool running)
    {
        lock (_lock)
        {
            _ = running ? _timers.Add(timer) : _timers.Remove(timer);
        }
    }

    private void Set(Func<ClockReading, ClockReading> change)
    {
        lock (_lock)
        {
            _reading = change(_reading);
            Shown?.Write(_reading);
        }

        Rearm();
    }

    private void Follow()
    {
        var edition = _board!.Edition;
        if (Interlocked.Exchange(ref _edition, edition) != edition)
        {
            Rearm();
        }
    }

    private void Rearm()
    {
        CityTimer[] running;
        lock (_lock)
        {
            running = [.. _timers];
        }

        foreach (var timer in running)
        {
            timer.Rearm();
        }
    }
}
