namespace CityBrain.Embedded.Durable;

/// <summary>The timers that one execution waits for.</summary>
internal sealed class DurableTimers
{
    private readonly Dictionary<int, Pending> _pending = [];
    private List<(int Id, long Due)>? _cancelled;

    /// <summary>Number of timers that are awaited.</summary>
    public int Count => _pending.Count;

    /// <summary>Ids and due times of the timers that are awaited.</summary>
    public IEnumerable<(int Id, long Due)> Open => _pending.Select(pair => (pair.Key, pair.Value.Action.Event.Number));

    /// <summary>Adds a timer, which the token cancels.</summary>
    public Task Add(OrchestratorAction action, Func<bool> isOwnThread, CancellationToken cancellationToken)
    {
        var pending = new Pending(action);
        _pending.Add(action.Event.Id, pending);
        if (cancellationToken.CanBeCanceled)
        {
            pending.Registration = cancellationToken.Register(() =>
            {
                if (isOwnThread())
                    Cancel(action, pending, cancellationToken);
            });
        }

        return pending.Task;
    }

    /// <summary>Completes a timer that came due; one that is not awaited any more is ignored.</summary>
    public void Fire(int id)
    {
        if (!_pending.Remove(id, out var pending))
            return;
        pending.Registration.Dispose();
        pending.TrySetResult();
    }

    /// <summary>Takes the timers that were cancelled since the last call.</summary>
    public IReadOnlyList<(int Id, long Due)> TakeCancelled()
    {
        var taken = _cancelled ?? [];
        _cancelled = null;
        return taken;
    }

    private void Cancel(OrchestratorAction action, Pending pending, CancellationToken cancellationToken)
    {
        if (!_pending.Remove(action.Event.Id))
            return;
        action.IsCancelled = true;
        (_cancelled ??= []).Add((action.Event.Id, action.Event.Number));
        pending.TrySetCanceled(cancellationToken);
    }

    private sealed class Pending(OrchestratorAction action) : TaskCompletionSource
    {
        public OrchestratorAction Action => action;

        public CancellationTokenRegistration Registration { get; set; }
    }
}
