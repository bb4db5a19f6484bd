namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>Counts what is under way in the broker: stores, deliveries not settled, receivers just woken. Safe for concurrent use.</summary>
internal sealed class Activity
{
    private int _count;

    /// <summary>True when nothing is under way.</summary>
    public bool IsIdle => Volatile.Read(ref _count) == 0;

    public void Begin(int count = 1) => Interlocked.Add(ref _count, count);

    public void End(int count = 1) => Interlocked.Add(ref _count, -count);

    /// <summary>Counts until the result is disposed.</summary>
    public IDisposable Enter()
    {
        Begin();
        return new Scope(this);
    }

    private sealed class Scope(Activity activity) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                activity.End();
            }
        }
    }
}
