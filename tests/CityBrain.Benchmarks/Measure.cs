using System.Diagnostics;

namespace CityBrain.Benchmarks;

/// <summary>Runs work at a given concurrency and times it.</summary>
internal static class Measure
{
    /// <summary>Items a second: <paramref name="concurrency"/> callers, each starting its next item when the one before is done.</summary>
    public static async Task<double> RateAsync(int count, int concurrency, Func<int, Task> work)
    {
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(async () =>
        {
            int item;
            while ((item = Interlocked.Increment(ref next)) < count)
            {
                await work(item);
            }
        })));
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Latencies in milliseconds, sorted, of items started at a steady rate, whether or not the ones before are done.</summary>
    public static async Task<double[]> LatenciesAsync(int perSecond, int seconds, Func<int, Task> work)
    {
        var latencies = new double[perSecond * seconds];
        var running = new Task[latencies.Length];
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < latencies.Length; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            var item = i;
            running[i] = Task.Run(async () =>
            {
                var begun = Stopwatch.GetTimestamp();
                await work(item);
                latencies[item] = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            });
        }

        await Task.WhenAll(running);
        Array.Sort(latencies);
        return latencies;
    }
}
