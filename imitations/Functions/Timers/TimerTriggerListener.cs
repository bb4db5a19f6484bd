using CityBrain.Embedded.Functions.Hosting;
using CityBrain.Embedded.Storage;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.Functions.Timers;

/// <summary>Runs the timer functions on the platform's clock.</summary>
internal sealed class TimerTriggerListener(FunctionCatalog catalog, IFunctionInvoker invoker, EmbeddedPlatform platform, SettingNames settings) : ITriggerListener, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _loops = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var store = new TimerStatusStore(platform.Store);
        await store.CreateAsync().ConfigureAwait(false);
        var loops = catalog.WithTrigger<TimerTriggerAttribute>().Select(function => NewLoop(function, store)).ToArray();
        _loops = Task.WhenAll(loops.Select(loop => Task.Run(() => loop.RunAsync(_stopping.Token), CancellationToken.None)));
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping.Cancel();
        return _loops;
    }

    public void Dispose() => _stopping.Dispose();

    private TimerLoop NewLoop(FunctionDescriptor function, TimerStatusStore store)
    {
        if (function.TriggerParameter.ParameterType != typeof(TimerInfo))
        {
            throw new InvalidOperationException($"The timer function '{function.Name}' takes {function.TriggerParameter.ParameterType.Name}; make its trigger parameter a TimerInfo.");
        }

        var trigger = (TimerTriggerAttribute)function.Trigger;
        var schedule = Read(function.Name, settings.Resolve(trigger.Schedule, function.Name));
        var monitored = trigger.UseMonitor && !schedule.IsBelowOneMinute(platform.Clock.GetUtcNow().UtcDateTime);
        return new TimerLoop(function, schedule, monitored ? store : null, invoker, platform.Clock);
    }

    private static TimerSchedule Read(string function, string schedule)
    {
        try
        {
            return TimerSchedule.Parse(schedule);
        }
        catch (FormatException failure)
        {
            throw new InvalidOperationException($"The timer function '{function}' has a wrong schedule: {failure.Message}", failure);
        }
    }
}
