namespace CityBrain;

/// <summary>A value that is read again only when it is older than some real time. Callers at the same moment wait for one reading. Safe for concurrent use.</summary>
/// <param name="goodFor">How old a value may be.</param>
/// <param name="read">Reads the value.</param>
public sealed class Recent<T>(TimeSpan goodFor, Func<Task<T>> read)
{
    private readonly Lock _lock = new();
    private Task<T>? _latest;
    private long _latestAt;

    /// <summary>The value; a failed reading fails those who waited for it, and the next caller reads again.</summary>
    public Task<T> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_latest is null || _latest.IsFaulted || (_latest.IsCompleted && TimeProvider.System.GetElapsedTime(_latestAt) >= goodFor))
            {
                _latestAt = TimeProvider.System.GetTimestamp();
                _latest = Task.Run(read, CancellationToken.None);
            }

            return _latest.WaitAsync(cancellationToken);
        }
    }
}
