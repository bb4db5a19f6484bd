namespace CityBrain.Embedded.ServiceBus.Triggers;

/// <summary>
/// The pause after a failure: none after the first, then growing while the function keeps failing at once, so that a function which cannot
/// work does not push all its messages into the dead-letter queue within a second. A success, or a failure after some work, starts anew.
/// </summary>
internal sealed class FailurePace
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private int _inARow;

    /// <summary>Real time to wait before the next try.</summary>
    /// <param name="succeeded">Whether the function succeeded.</param>
    /// <param name="took">Real time that it took.</param>
    public TimeSpan Next(bool succeeded, TimeSpan took)
    {
        _inARow = succeeded || took > AtOnce ? 0 : _inARow + 1;
        return _inARow < 2 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(Longest.Ticks, Shortest.Ticks << Math.Min(_inARow - 2, 16)));
    }
}
