namespace CityBrain.Embedded.TaskHub;

/// <summary>Callers who wait for something to become true of an instance. Safe for concurrent use.</summary>
internal sealed class InstanceWaiters
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Waiters> _byId = new(StringComparer.Ordinal);

    /// <summary>Looks at once and after each change until <paramref name="look"/> finds something.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<T> WaitAsync<T>(string instanceId, Func<T?> look, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            // The signal is taken before the look, so that no change falls between.
            var changed = Join(instanceId);
            try
            {
                if (look() is { } found)
                    return found;
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Leave(instanceId, changed);
            }
        }
    }

    /// <summary>Tells those who wait for the instance.</summary>
    public void Changed(string instanceId)
    {
        Waiters? waiters;
        lock (_lock)
        {
            if (!_byId.Remove(instanceId, out waiters))
                return;
        }

        waiters.Signal.SetResult();
    }

    private Task Join(string instanceId)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(instanceId, out var waiters))
                _byId.Add(instanceId, waiters = new Waiters());
            waiters.Count++;
            return waiters.Signal.Task;
        }
    }

    private void Leave(string instanceId, Task changed)
    {
        lock (_lock)
        {
            if (_byId.TryGetValue(instanceId, out var waiters) && waiters.Signal.Task == changed && --waiters.Count == 0)
                _byId.Remove(instanceId);
        }
    }

    private sealed class Waiters
    {
        public TaskCompletionSource Signal { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Count { get; set; }
    }
}
