using System.Text.Json;
using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.Hosting;

namespace CityBrain.Embedded.Functions.Timers;

/// <summary>
/// Runs one timer function: one run at a time, the next occurrence reckoned when the run has finished. On an accelerated clock
/// occurrences that come faster than <see cref="ShortestPause"/> of real time are left out rather than run in a busy loop.
/// </summary>
/// <param name="name">Name of the function.</param>
/// <param name="schedule">When it runs.</param>
/// <param name="runOnStartup">Run at once, whatever the schedule says.</param>
/// <param name="monitor">Where its status is kept; null when it is not monitored.</param>
/// <param name="invoke">Runs the function with what <c>TimerInfo</c> is bound from.</param>
/// <param name="clock">The city's clock.</param>
internal sealed class TimerLoop(string name, TimerSchedule schedule, bool runOnStartup, TimerStatusStore? monitor, Func<string, CancellationToken, Task> invoke, TimeProvider clock)
{
    /// <summary>Least real time from the start of one run to the start of the next.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    // Task.Delay takes no more than 49 days at once.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(30);

    private TimerStatus _status = new(default, default, default);

    /// <summary>True while the function does not run.</summary>
    public bool IsIdle { get; private set; } = true;

    /// <summary>When it runs next; null before that is known.</summary>
    public DateTimeOffset? NextDue => _status.Next == default ? null : new DateTimeOffset(_status.Next, TimeSpan.Zero);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Runs until the host stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            var isPastDue = await FindStatusAsync().ConfigureAwait(false);
            if (isPastDue || runOnStartup)
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
    private async Task<bool> FindStatusAsync()
    {
        var now = Now;
        if (monitor?.Find(name) is { } stored && schedule.Next(stored.LastUpdated) == stored.Next)
        {
            _status = stored;
            return stored.Next <= now;
        }

        // New, or its schedule has changed since the status was written, so that what it calls next means nothing.
        await SetAsync(new TimerStatus(default, schedule.Next(now), now)).ConfigureAwait(false);
        return false;
    }

    private async Task RunOnceAsync(bool isPastDue, CancellationToken stopping)
    {
        var pause = Task.Delay(ShortestPause, TimeProvider.System, stopping);
        var started = Now;
        IsIdle = false;
        try
        {
            await InvokeAsync(isPastDue, stopping).ConfigureAwait(false);
        }
        catch (FunctionFailedException)
        {
            // The worker has logged it, and a failed run never ends the schedule; but one that the stop of the host has cut short is
            // not recorded, so that it is past due at the next start.
            stopping.ThrowIfCancellationRequested();
        }

        var finished = Now;
        await SetAsync(new TimerStatus(started, schedule.Next(finished), finished)).ConfigureAwait(false);
        IsIdle = true;
        await pause.ConfigureAwait(false);
    }

    /// <summary>Runs it; once more when the worker was lost meanwhile.</summary>
    private async Task InvokeAsync(bool isPastDue, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await invoke(Info(isPastDue), stopping).ConfigureAwait(false);
                return;
            }
            catch (WorkerLostException)
            {
                stopping.ThrowIfCancellationRequested();
            }
        }
    }

    private string Info(bool isPastDue) =>
        JsonSerializer.Serialize(new { Schedule = new { AdjustForDST = true }, ScheduleStatus = monitor is null ? null : _status, IsPastDue = isPastDue });

    private async Task SetAsync(TimerStatus status)
    {
        _status = status;
        await (monitor?.SaveAsync(name, status) ?? Task.CompletedTask).ConfigureAwait(false);
    }

    private async Task SleepUntilAsync(DateTime instant, CancellationToken stopping)
    {
        for (var rest = instant - Now; rest > TimeSpan.Zero; rest = instant - Now)
        {
            var sleep = rest < LongestSleep ? rest : LongestSleep;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(sleep.TotalMilliseconds)), clock, stopping).ConfigureAwait(false);
        }
    }
}
