namespace CityBrain.Embedded.Durable;

/// <summary>
/// The orchestrator's single thread of execution: continuations run in order on whichever thread takes the turn. One that comes from any
/// other thread belongs to a task that is not durable; it is dropped and reported.
/// </summary>
internal sealed class OrchestratorSynchronizationContext(Action onForeignContinuation) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private int _thread;

    /// <summary>True on the thread that takes the current turn.</summary>
    public bool IsCurrentThread => Volatile.Read(ref _thread) == Environment.CurrentManagedThreadId;

    /// <summary>Runs a part of a turn and everything that it makes ready.</summary>
    public void Run<TState>(Action<TState> action, TState state)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
        try
        {
            action(state);
            while (_queue.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            Volatile.Write(ref _thread, 0);
            SetSynchronizationContext(outer);
        }
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrentThread)
            _queue.Enqueue((d, state));
        else
            onForeignContinuation();
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!IsCurrentThread)
            throw new InvalidOperationException("An orchestrator's code can run on its own thread of execution only.");
        d(state);
    }

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}
