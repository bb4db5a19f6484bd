using Microsoft.DurableTask;

namespace CityBrain.Embedded.Durable;

/// <summary>
/// External events of one execution: those that nobody awaits are kept first in, first out by name; an event goes to the waiter that came
/// last, as in the official engine, so that an abandoned wait does not swallow it. Names are compared without case.
/// </summary>
internal sealed class EventInbox(DataConverter converter)
{
    private readonly List<IEventWaiter> _waiters = [];
    private List<HistoryEvent>? _buffered;

    /// <summary>True when someone waits.</summary>
    public bool HasWaiters => _waiters.Count > 0;

    /// <summary>Hands an event to a waiter or keeps it.</summary>
    public void Raise(HistoryEvent raised)
    {
        var index = _waiters.FindLastIndex(waiter => IsNamed(waiter.Name, raised.Name));
        if (index < 0)
        {
            (_buffered ??= []).Add(raised);
            return;
        }

        var waiter = _waiters[index];
        _waiters.RemoveAt(index);
        waiter.Registration.Dispose();
        waiter.Complete(raised.Data, converter);
    }

    /// <summary>Waits for an event, or takes the oldest one that was kept.</summary>
    /// <exception cref="ArgumentException">Another wait for the name has another payload type.</exception>
    public Task<T> Wait<T>(string name, Func<bool> isOwnThread, CancellationToken cancellationToken)
    {
        if (_waiters.Find(other => IsNamed(other.Name, name)) is { } existing && existing.EventType != typeof(T))
            throw new ArgumentException($"Waits for the same event must have the same type: '{name}' is awaited as {existing.EventType} and as {typeof(T)}.", nameof(name));
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var waiter = new PendingOperation<T>(name);
        var index = _buffered?.FindIndex(kept => IsNamed(kept.Name, name)) ?? -1;
        if (index >= 0)
        {
            var kept = _buffered![index];
            _buffered.RemoveAt(index);
            waiter.Complete(kept.Data, converter);
            return waiter.Task;
        }

        _waiters.Add(waiter);
        if (cancellationToken.CanBeCanceled)
        {
            waiter.Registration = cancellationToken.Register(() =>
            {
                if (isOwnThread() && _waiters.Remove(waiter))
                    waiter.Cancel(cancellationToken);
            });
        }

        return waiter.Task;
    }

    /// <summary>Takes the events that nobody awaited.</summary>
    public IReadOnlyList<HistoryEvent> TakeBuffered()
    {
        var taken = _buffered ?? [];
        _buffered = null;
        return taken;
    }

    private static bool IsNamed(string? name, string? other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
