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

    [Fact(Explicit = true)]
    public async Task Idle_HundredThousandInstances_PrintsMemoryAndRestart()
    {
        const int Count = 100_000;
        using var host = new DurableHost().Orchestrator("Waits", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var limit = context.CreateTimer(TimeSpan.FromDays(15), cancel.Token);
            var reminder = context.CreateTimer(TimeSpan.FromDays(2), cancel.Token);
            var raised = context.WaitForExternalEvent<string>("e");
            return await Task.WhenAny(limit, reminder, raised) == raised;
        }).Start();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        foreach (var part in Enumerable.Range(0, Count).Chunk(2000))
        {
            await Task.WhenAll(part.Select(i => host.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new string('x', 200), new Microsoft.DurableTask.StartOrchestrationOptions($"case-{i}"), DurableHost.Bound)));
        }

        await DurableHost.Until(() => host.CountRows("durable_history") == Count);
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine($"pass: {Count / watch.Elapsed.TotalSeconds:F0} starts/s, {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1024 / 1024} MiB more, {host.Engine.SessionCount} sessions, {host.Engine.TimerCount} timers in memory");
        watch.Restart();
        host.Restart();
        output.WriteLine($"pass: restarted in {watch.ElapsedMilliseconds} ms");
        watch.Restart();
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(async i =>
        {
            await host.Client.RaiseEventAsync($"case-{i}", "e", "x", DurableHost.Bound);
            await host.Completion($"case-{i}");
        }));
        output.WriteLine($"pass: {2000 / watch.Elapsed.TotalSeconds:F0} cold instances woken and completed a second");
    }
}
