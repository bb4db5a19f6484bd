using System.Collections.Concurrent;

namespace CityBrain.Embedded.Functions.Triggers;

/// <summary>Renews the locks of what runs, three times in each lock duration, in real time, for a bounded time each.</summary>
internal sealed class LockRenewal : IDisposable
{
    private readonly TimeSpan _longest;
    private readonly ConcurrentDictionary<Kept, bool> _kept = new();
    private readonly ITimer _timer;

    /// <param name="lockDuration">Of the queue.</param>
    /// <param name="longest">How long one lock is renewed.</param>
    public LockRenewal(TimeSpan lockDuration, TimeSpan longest)
    {
        _longest = longest;
        var interval = lockDuration / 3;
        _timer = TimeProvider.System.CreateTimer(_ => RenewAll(), null, interval, interval);
    }

    /// <summary>Renews until the result is disposed.</summary>
    public IDisposable Keep(Func<Task> renew)
    {
        var kept = new Kept(this, renew);
        _kept.TryAdd(kept, true);
        return kept;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void RenewAll()
    {
        foreach (var (kept, _) in _kept)
        {
            if (TimeProvider.System.GetElapsedTime(kept.Started) < _longest)
            {
                _ = RenewAsync(kept.Renew);
            }
        }
    }

    private static async Task RenewAsync(Func<Task> renew)
    {
        try
        {
            await renew().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Settled or lost in the meantime: the settlement tells the function's fate, so there is nothing to do here.
        }
    }

    private sealed class Kept(LockRenewal owner, Func<Task> renew) : IDisposable
    {
        public long Started { get; } = TimeProvider.System.GetTimestamp();

        public Func<Task> Renew => renew;

        public void Dispose() => owner._kept.TryRemove(this, out _);
    }
}
