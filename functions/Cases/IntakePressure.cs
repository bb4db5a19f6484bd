namespace CityBrain.Cases;

/// <summary>How many appeals are being accepted at this moment, so that what can wait makes room for them.</summary>
public sealed class IntakePressure
{
    /// <summary>This many at once is a flood: a steady day has less than one.</summary>
    private const int Flood = 8;

    /// <summary>A flood is over when it has stayed away for so long: between two of its waves there are instants of quiet.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private TaskCompletionSource _rises = NewSignal();
    private TaskCompletionSource _falls = NewSignal();
    private long? _fellAt;
    private int _accepting;

    /// <summary>Counts one appeal until it is disposed.</summary>
    public Acceptance Begin()
    {
        lock (_lock)
        {
            if (++_accepting == Flood)
            {
                _falls = NewSignal();
                _rises.TrySetResult();
            }
        }

        return new Acceptance(this);
    }

    /// <summary>Completes when there is no flood and none has just been, or after <paramref name="atMost"/> of real time.</summary>
    public async Task EasesAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var deadline = TimeProvider.System.GetUtcNow() + atMost;
        while (deadline - TimeProvider.System.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            var (change, calm) = Next();
            if (calm <= TimeSpan.Zero || (!await HappensAsync(change, calm < left ? calm : left, cancellationToken) && calm < left))
            {
                return;
            }
        }
    }

    /// <summary>What would change the state of now, and how long it must not happen for the state to be calm.</summary>
    private (Task Change, TimeSpan Calm) Next()
    {
        lock (_lock)
        {
            return _accepting >= Flood ? (_falls.Task, TimeSpan.MaxValue)
                : (_rises.Task, _fellAt is { } fellAt ? Calm - TimeProvider.System.GetElapsedTime(fellAt) : TimeSpan.Zero);
        }
    }

    private static async Task<bool> HappensAsync(Task change, TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            await change.WaitAsync(within, TimeProvider.System, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_accepting == Flood - 1)
            {
                _fellAt = TimeProvider.System.GetTimestamp();
                _rises = NewSignal();
                _falls.TrySetResult();
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>One appeal that is being accepted.</summary>
    public readonly struct Acceptance(IntakePressure pressure) : IDisposable
    {
        /// <summary>It is accepted or refused.</summary>
        public void Dispose() => pressure.End();
    }
}
