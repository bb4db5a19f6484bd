using Microsoft.DurableTask;

namespace CityBrain.Embedded.Durable;

/// <summary>A durable task that an orchestrator may await.</summary>
internal interface IPendingOperation
{
    /// <summary>Name of the activity or sub-orchestration.</summary>
    string Name { get; }

    /// <summary>Completes the task with a serialized result.</summary>
    void Complete(string? data, DataConverter converter);

    /// <summary>Fails the task.</summary>
    void Fail(Exception exception);
}

/// <summary>An activity, a sub-orchestration or an event that is awaited.</summary>
internal sealed class PendingOperation<T>(string name) : TaskCompletionSource<T>, IPendingOperation, IEventWaiter
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public Type EventType => typeof(T);

    /// <inheritdoc/>
    public CancellationTokenRegistration Registration { get; set; }

    /// <inheritdoc/>
    public void Complete(string? data, DataConverter converter)
    {
        T? value;
        try
        {
            value = data is null ? default : converter.Deserialize<T>(data);
        }
        catch (Exception unreadable)
        {
            TrySetException(unreadable);
            return;
        }

        TrySetResult(value!);
    }

    /// <inheritdoc/>
    public void Fail(Exception exception) => TrySetException(exception);

    /// <inheritdoc/>
    public void Cancel(CancellationToken cancellationToken) => TrySetCanceled(cancellationToken);
}

/// <summary>Someone who waits for an external event.</summary>
internal interface IEventWaiter : IPendingOperation
{
    /// <summary>The payload's type.</summary>
    Type EventType { get; }

    /// <summary>The waiter's hold on its cancellation token.</summary>
    CancellationTokenRegistration Registration { get; set; }

    /// <summary>Gives up waiting.</summary>
    void Cancel(CancellationToken cancellationToken);
}
