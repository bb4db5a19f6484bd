using CityBrain.Embedded.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.Functions.Timers;

/// <summary>
/// Runs one timer function: one run at a time, the next occurrence reckoned when the run has finished. On an accelerated clock
/// occurrences that come faster than <see cref="ShortestPause"/> of real time are left out rather than run in a busy loop.
/// </summary>
internal sealed class TimerLoop(FunctionDescriptor function, TimerSchedule schedule, TimerStatusStore? monitor, IFunctionInvoker invoker, TimeProvider clock)
{
    /// <summary>Least real time from the start of one run to the start of the next.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    // Task.Delay takes no more than 49 days at once.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(30);

    private ScheduleStatus _status = new();

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            var isPastDue = await StartAsync().ConfigureAwait(false);
            if (isPastDue || ((TimerTriggerAttribute)function.Trigger).RunOnStartup)
            {
                await RunOnceAsync(isPastDue, stopping).ConfigureAwait(false);
            }

            while (true)
            {
                await SleepUntilAsync(_status.Next, stopping).ConfigureAwait(false);
                await RunOnceAsync(isPastDue: false, stopping).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Finds out where the schedule stands; true when an occurrence was missed while the host was down.</summary>
    private async Task<bool> StartAsync()
    {
        var now = Now;
        if (monitor?.Find(function.Name) is { } stored && IsOf(schedule, stored))
        {
            _status = stored;
            if (stored.Next <= now)
            {
                return true;
            }
        }
        else
        {
            _status = new ScheduleStatus { Next = schedule.Next(now), LastUpdated = now };
            await SaveAsync().ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>False when the schedule has changed since the status was written, so that what it calls next means nothing.</summary>
    private static bool IsOf(TimerSchedule schedule, ScheduleStatus status) => schedule.Next(status.LastUpdated) == status.Next;

    private async Task RunOnceAsync(bool isPastDue, CancellationToken stopping)
    {
        var pause = Task.Delay(ShortestPause, TimeProvider.System, stopping);
        var started = Now;
        var info = new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = monitor is null ? null : _status };
        try
        {
            await invoker.InvokeAsync(new FunctionInvocation(function, info), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The invoker has logged it, and a failed run never ends the schedule; but one that the stop of the host has cut short is
            // not recorded, so that it is past due at the next start.
            stopping.ThrowIfCancellationRequested();
        }

        var finished = Now;
        _status = new ScheduleStatus { Last = started, Next = schedule.Next(finished), LastUpdated = finished };
        await SaveAsync().ConfigureAwait(false);
        await pause.ConfigureAwait(false);
    }

    private Task SaveAsync() => monitor?.SaveAsync(function.Name, _status) ?? Task.CompletedTask;

    private async Task SleepUntilAsync(DateTime instant, CancellationToken stopping)
    {
        for (var rest = instant - Now; rest > TimeSpan.Zero; rest = instant - Now)
        {
            var sleep = rest < LongestSleep ? rest : LongestSleep;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(sleep.TotalMilliseconds)), clock, stopping).ConfigureAwait(false);
        }
    }
}
