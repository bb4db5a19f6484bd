using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>Every day: tells early warning that time has passed, so that what is over ends.</summary>
public sealed class PassTime(WatchQueue queue, TimeProvider clock)
{
    /// <summary>Sends the entry of the day; the same day again is the same entry.</summary>
    [Function(nameof(PassTime))]
    public Task RunAsync([TimerTrigger("0 5 0 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return queue.SendAsync(new WatchEntry("day-" + now.ToString("yyyyMMdd", CultureInfo.InvariantCulture), now), cancellationToken);
    }
}
