namespace CityBrain.Embedded.Hosting;

/// <summary>A part of the host that does something when the city's clock reaches an instant.</summary>
internal interface IDueWork
{
    /// <summary>True when nothing is under way or ready, so that nothing happens before <see cref="NextDue"/> unless somebody calls.</summary>
    bool IsIdle { get; }

    /// <summary>The next instant, in city time, at which something happens by itself; null when nothing waits.</summary>
    DateTimeOffset? NextDue { get; }
}

/// <summary>
/// All that waits for the city's clock: the one seam for a clock that jumps to the next thing due instead of running. A part is idle between two steps
/// of one piece of work for an instant, so all are looked at twice.
/// </summary>
internal sealed class DueWork(IEnumerable<IDueWork> parts)
{
    /// <summary>The instant to which the clock may jump; null when something is under way, or nothing waits.</summary>
    public DateTimeOffset? NextWhenIdle
    {
        get
        {
            var next = parts.Min(part => part.NextDue);
            return parts.All(part => part.IsIdle) && parts.All(part => part.IsIdle) && parts.Min(part => part.NextDue) == next ? next : null;
        }
    }

    /// <summary>A part that is told by two functions.</summary>
    public static IDueWork Of(Func<bool> isIdle, Func<DateTimeOffset?> nextDue) => new Part(isIdle, nextDue);

    private sealed class Part(Func<bool> isIdle, Func<DateTimeOffset?> nextDue) : IDueWork
    {
        public bool IsIdle => isIdle();

        public DateTimeOffset? NextDue => nextDue();
    }
}
