namespace CityBrain.Cases;

/// <summary>How many appeals are being accepted at this moment, so that what can wait makes room for them.</summary>
public sealed class IntakePressure
{
    /// <summary>This many at once is a flood: a steady day has less than one.</summary>
    private const int Flood = 8;

    private readonly Lock _lock = new();
    private TaskCompletionSource _eased = new();
    private int _accepting;

    /// <summary>Counts one appeal until it is disposed.</summary>
    public Acceptance Begin()
    {
        lock (_lock)
        {
            if (++_accepting == Flood)
            {
                _eased = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        return new Acceptance(this);
    }

    /// <summary>Completes when there is no flood, or after <paramref name="atMost"/> of real time.</summary>
    public async Task EasesAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task eased;
        lock (_lock)
        {
            eased = _accepting < Flood ? Task.CompletedTask : _eased.Task;
        }

        try
        {
            await eased.WaitAsync(atMost, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Patience is at an end.
        }
    }

    private void End()
    {
        lock (_lock)
        {
            if (--_accepting == Flood - 1)
            {
                _eased.TrySetResult();
            }
        }
    }

    /// <summary>One appeal that is being accepted.</summary>
    public readonly struct Acceptance(IntakePressure pressure) : IDisposable
    {
        /// <summary>It is accepted or refused.</summary>
        public void Dispose() => pressure.End();
    }
}
