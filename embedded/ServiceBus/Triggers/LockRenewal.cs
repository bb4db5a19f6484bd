using System.Collections.Concurrent;
using CityBrain.Embedded.ServiceBus.Broker;

namespace CityBrain.Embedded.ServiceBus.Triggers;

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
        _timer = TimeProvider.System.CreateTimer(_ => RenewAll(), null, lockDuration / 3, lockDuration / 3);
    }

    /// <summary>Renews until the result is disposed.</summary>
    public IDisposable Keep(Action renew)
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
                try
                {
                    kept.Renew();
                }
                catch (Exception lost) when (lost is BrokerException or ObjectDisposedException)
                {
                    // Settled or lost in the meantime: the settlement tells the function's fate, so there is nothing to do here.
                }
            }
        }
    }

    private sealed class Kept(LockRenewal owner, Action renew) : IDisposable
    {
        public long Started { get; } = TimeProvider.System.GetTimestamp();

        public Action Renew => renew;

        public void Dispose() => owner._kept.TryRemove(this, out _);
    }
}
