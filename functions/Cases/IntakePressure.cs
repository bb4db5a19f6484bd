using System.Diagnostics;

namespace CityBrain.Cases;

/// <summary>How many appeals are being accepted at this moment, so that what can wait makes room for them.</summary>
public sealed class IntakePressure
{
    /// <summary>This many at once is a flood: a steady day has less than one.</summary>
    private const int Flood = 8;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private int _accepting;

    /// <summary>Counts one appeal until it is disposed.</summary>
    public Acceptance Begin()
    {
        Interlocked.Increment(ref _accepting);
        return new Acceptance(this);
    }

    /// <summary>Completes when there is no flood, or after <paramref name="atMost"/>.</summary>
    public async Task EasesAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        for (var began = Stopwatch.GetTimestamp(); Volatile.Read(ref _accepting) >= Flood && Stopwatch.GetElapsedTime(began) < atMost;)
        {
            await Task.Delay(Look, TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>One appeal that is being accepted.</summary>
    public readonly struct Acceptance(IntakePressure pressure) : IDisposable
    {
        /// <summary>It is accepted or refused.</summary>
        public void Dispose() => Interlocked.Decrement(ref pressure._accepting);
    }
}
