using System.Collections.Concurrent;

namespace CityBrain.Embedded.Durable;

/// <summary>Callers who wait for an instance to change its status.</summary>
internal sealed class InstanceWaiters
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _next = new(StringComparer.Ordinal);

    /// <summary>A task that completes at the instance's next change of status. Ask first, then look, then wait.</summary>
    public Task NextChange(string instanceId) =>
        _next.GetOrAdd(instanceId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Tells those who wait.</summary>
    public void Changed(string instanceId)
    {
        if (!_next.IsEmpty && _next.TryRemove(instanceId, out var waiter))
            waiter.SetResult();
    }
}
