namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>
/// Hands items over in groups, one group at a time: what is added while a group is under way makes the next one, so the busier it is, the
/// fewer commits and frames an item costs. Adding never blocks. Safe for concurrent use.
/// </summary>
/// <param name="work">Handles one group; it must not throw.</param>
internal sealed class GroupedWork<T>(Func<IReadOnlyList<T>, Task> work)
{
    private readonly Lock _lock = new();
    private List<T> _pending = [];
    private bool _running;

    public void Add(T item)
    {
        lock (_lock)
        {
            _pending.Add(item);
            if (_running)
            {
                return;
            }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static group => _ = group.RunAsync(), this, preferLocal: false);
    }

    private async Task RunAsync()
    {
        while (true)
        {
            List<T> group;
            lock (_lock)
            {
                if (_pending.Count == 0)
                {
                    _running = false;
                    return;
                }

                (group, _pending) = (_pending, []);
            }

            await work(group).ConfigureAwait(false);
        }
    }
}
