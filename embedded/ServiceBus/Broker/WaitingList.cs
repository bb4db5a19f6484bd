namespace CityBrain.Embedded.ServiceBus.Broker;

/// <summary>
/// Receivers that wait for something to appear, woken in the order in which they came. Every call but <see cref="WaitAsync"/> is made
/// under the owner's lock. A woken receiver looks once more and then calls <see cref="Looked"/>; a wake-up that meets a receiver which
/// has just given up passes on to the next.
/// </summary>
internal sealed class WaitingList(Lock owner, Activity activity)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly LinkedList<TaskCompletionSource> _waiting = [];

    /// <summary>What is left of a wait (real time), never below zero; infinite stays infinite.</summary>
    public static TimeSpan Left(TimeSpan maxWait, long startedTimestamp)
    {
        var left = maxWait - TimeProvider.System.GetElapsedTime(startedTimestamp);
        return maxWait == Timeout.InfiniteTimeSpan ? maxWait : left < TimeSpan.Zero ? TimeSpan.Zero : left;
    }

    /// <summary>Takes a place in the list; the caller then waits on it outside the lock.</summary>
    public LinkedListNode<TaskCompletionSource> Join() => _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Wake(int count = 1)
    {
        for (; count > 0 && _waiting.First is { } first; count--)
        {
            _waiting.RemoveFirst();
            activity.Begin();
            first.Value.SetResult();
        }
    }

    public void WakeAll() => Wake(int.MaxValue);

    /// <summary>A woken receiver has looked; what it took counts by itself now.</summary>
    public void Looked() => activity.End();

    /// <summary>True when woken, false when the time is over.</summary>
    public async Task<bool> WaitAsync(LinkedListNode<TaskCompletionSource> place, TimeSpan time, CancellationToken cancellationToken)
    {
        try
        {
            var bounded = time == Timeout.InfiniteTimeSpan || time > LongestWait ? LongestWait : time;
            await place.Value.Task.WaitAsync(bounded, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            // Woken at the same moment: the receiver looks once more.
            return !Leave(place);
        }
        catch (OperationCanceledException)
        {
            if (!Leave(place))
            {
                lock (owner)
                {
                    Wake();
                    Looked();
                }
            }

            throw;
        }
    }

    private bool Leave(LinkedListNode<TaskCompletionSource> place)
    {
        lock (owner)
        {
            if (place.List is null)
            {
                return false;
            }

            _waiting.Remove(place);
            return true;
        }
    }
}
