using System.Collections.Concurrent;

namespace CityBrain.Embedded.Tests.ServiceBus;

/// <summary>What the functions under test saw, and what a test tells them to do.</summary>
public sealed class TriggerProbe
{
    private readonly ConcurrentDictionary<string, int> _running = new();
    private int _concurrent;

    public ConcurrentQueue<string> Seen { get; } = new();

    public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int MostConcurrent { get; private set; }

    public bool Overlapped { get; private set; }

    /// <summary>Counts what runs at the same moment, in all and for one key.</summary>
    public async Task RunAsync(string key, Func<Task> work)
    {
        lock (_running)
        {
            MostConcurrent = Math.Max(MostConcurrent, ++_concurrent);
            Overlapped |= _running.AddOrUpdate(key, 1, (_, n) => n + 1) > 1;
        }

        try
        {
            await work();
        }
        finally
        {
            lock (_running)
            {
                _concurrent--;
                _running[key]--;
            }
        }
    }

    public async Task SeenAsync(int count)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (Seen.Count < count && TimeProvider.System.GetElapsedTime(until) < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.True(Seen.Count >= count, $"{Seen.Count} of {count} seen.");
    }
}
