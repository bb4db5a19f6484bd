using System.Diagnostics;
using CityBrain.Embedded.TaskHub;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.Tests.TaskHub;

/// <summary>Prints figures of the hub alone: the worker is in process and answers without any protocol. Run on demand, in Release.</summary>
public sealed class Measurement(ITestOutputHelper output)
{
    [Theory(Explicit = true)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TenActivities_ThousandsOfOrchestrations_PrintsRate(bool withExtendedSessions)
    {
        await using var host = await HubHost.StartAsync(SharedOrchestrations.Register, new() { ExtendedSessionsEnabled = withExtendedSessions });
        foreach (var count in new[] { 500, 3000 })
        {
            var (start, groups, cpu, allocated) = (Stopwatch.GetTimestamp(), host.Store.CommittedGroups, Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            var ids = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartAsync(host, "Sequence", "10")));
            await Task.WhenAll(ids.Select(id => host.State(id, state => InstanceStatus.IsEnded(state.OrchestrationStatus))));
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            output.WriteLine(
                $"{count / seconds:F0}/s, {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / count:F2} ms CPU and {(GC.GetTotalAllocatedBytes() - allocated) / count / 1024} KiB each, {host.Store.CommittedGroups - groups} groups");
        }
    }

    [Fact(Explicit = true)]
    public async Task Start_WithAHundredThousandLiveInstances_PrintsTimeAndMemory()
    {
        await using var host = await HubHost.StartAsync(functions => functions.Orchestrator<int, int>("Waits", (context, number) =>
        {
            var timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return timer.IsCompleted ? Task.FromResult(number) : context.WaitForExternalEvent<int>("e");
        }));
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < 100; i++)
        {
            await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => StartAsync(host, "Waits", "1")));
        }

        await host.UntilIdle();
        output.WriteLine($"made in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s, {host.Hub.SessionCount} sessions, {host.Hub.TimerCount} timers, {GC.GetTotalMemory(true) >> 20} MiB");
        start = Stopwatch.GetTimestamp();
        host.Restart();
        output.WriteLine($"started again in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms, {GC.GetTotalMemory(true) >> 20} MiB");
        start = Stopwatch.GetTimestamp();
        host.Hub.Dispose();
        host.Worker.GoAway();
        await host.Store.WriteAsync(session => session.Execute("UPDATE hub_instance SET needs_start = 1"));
        host.Restart();
        output.WriteLine($"with all of them ready: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms, {host.Hub.SessionCount} sessions, {GC.GetTotalMemory(true) >> 20} MiB");
    }

    private static Task<string> StartAsync(HubHost host, string name, string input) =>
        host.Hub.Starts.StartAsync(new CreateInstanceRequest { Name = name, Input = input }, TestContext.Current.CancellationToken);
}
