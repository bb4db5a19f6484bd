namespace Azure.Messaging.ServiceBus;

/// <summary>How long operations wait. The embedded platform has no connection that fails, so nothing is tried again.</summary>
public class ServiceBusRetryOptions
{
    private TimeSpan _tryTimeout = TimeSpan.FromMinutes(1);

    /// <summary>How long a receive, or the search for a session, waits unless it says otherwise; 1 minute, at least 1 millisecond.</summary>
    public TimeSpan TryTimeout
    {
        get => _tryTimeout;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1));
            _tryTimeout = value;
        }
    }
}
