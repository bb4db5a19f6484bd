using System.Diagnostics;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Tests.Durable;

/// <summary>Prints figures; run it by name.</summary>
public sealed class Measurement
{
    [Fact(Explicit = true)]
    public async Task TenActivities_ThousandsOfOrchestrations_PrintsRate()
    {
        using var host = new DurableHost().Orchestrator("Ten", async context =>
        {
            for (var i = 0; i < 10; i++)
            {
                await context.CallActivityAsync("Nothing", i);
            }

            return 0;
        }).Activity<int, int>("Nothing", i => i).Start();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => host.Run("Ten")));
        foreach (var (count, pass) in new[] { (4000, 1), (4000, 2), (4000, 3) })
        {
            var groups = host.Platform.Store.CommittedGroups;
            var allocated = GC.GetTotalAllocatedBytes();
            var processor = Process.GetCurrentProcess().TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, count).Select(_ => host.Run("Ten")));
            var seconds = watch.Elapsed.TotalSeconds;
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"pass {pass}: {count / seconds:F0} orchestrations/s, {host.Platform.Store.CommittedGroups - groups} groups, {(GC.GetTotalAllocatedBytes() - allocated) / count / 1024} KiB each, "
                + $"{(Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds / seconds:F2} cores");
        }
    }
}
