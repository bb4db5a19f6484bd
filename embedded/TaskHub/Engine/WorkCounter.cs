namespace CityBrain.Embedded.TaskHub;

/// <summary>Counts what is under way and tells when nothing is. Safe for concurrent use.</summary>
internal sealed class WorkCounter
{
    private readonly Lock _lock = new();
    private int _count;
    private TaskCompletionSource? _zero;

    /// <summary>True when nothing is under way.</summary>
    public bool IsZero => Volatile.Read(ref _count) == 0;

    public void Enter()
    {
        lock (_lock)
        {
            _count++;
        }
    }

    public void Exit()
    {
        TaskCompletionSource? zero = null;
        lock (_lock)
        {
            if (--_count == 0)
                (zero, _zero) = (_zero, null);
        }

        zero?.SetResult();
    }

    /// <summary>Completes when nothing is under way.</summary>
    public Task WhenZeroAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_count == 0)
                return Task.CompletedTask;
            _zero ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _zero.Task.WaitAsync(cancellationToken);
        }
    }
}
