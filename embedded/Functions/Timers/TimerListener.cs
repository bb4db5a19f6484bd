using CityBrain.Embedded.Companion;
using CityBrain.Embedded.Functions.Rpc;
using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Options;

namespace CityBrain.Embedded.Functions.Timers;

/// <summary>Runs the timer functions on the city's clock.</summary>
internal sealed class TimerListener(SqliteStore store, CityClock clock, WorkerPool pool, SettingNames settings, IOptions<EmbeddedOptions> options) : IFunctionsListener, IDueWork, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private TimerLoop[] _timers = [];
    private Task _loops = Task.CompletedTask;

    /// <inheritdoc/>
    public bool IsIdle => _timers.All(timer => timer.IsIdle);

    /// <inheritdoc/>
    public DateTimeOffset? NextDue => _timers.Min(timer => timer.NextDue);

    /// <inheritdoc/>
    public async Task UseAsync(IReadOnlyList<WorkerFunction> functions, CancellationToken cancellationToken)
    {
        var statuses = new TimerStatusStore(store);
        await statuses.CreateAsync().ConfigureAwait(false);
        _timers = [.. functions.Where(function => function.Trigger.Is("timerTrigger")).Select(function => LoopOf(function, statuses))];
        _loops = Task.WhenAll(_timers.Select(timer => Task.Run(() => timer.RunAsync(_stopping.Token), CancellationToken.None)));
    }

    /// <inheritdoc/>
    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loops.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    private static InvocationRequest RequestOf(WorkerFunction function, string info) => new() { InputData = { new ParameterBinding { Name = function.Trigger.Name, Data = new() { Json = info } } } };

    private TimerLoop LoopOf(WorkerFunction function, TimerStatusStore statuses)
    {
        try
        {
            var schedule = TimerSchedule.Parse(settings.Resolve(function.Trigger.Text("schedule") ?? "", function.Name), TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone));
            var isMonitored = function.Trigger.Flag("useMonitor") != false && !schedule.IsBelowOneMinute(clock.GetUtcNow().UtcDateTime);
            return new TimerLoop(
                function.Name,
                schedule,
                function.Trigger.Flag("runOnStartup") == true,
                isMonitored ? statuses : null,
                (info, stopping) => pool.InvokeAsync(function.Id, RequestOf(function, info), stopping),
                clock);
        }
        catch (FormatException failure)
        {
            throw new InvalidOperationException($"The timer function '{function.Name}' has a wrong schedule: {failure.Message}", failure);
        }
        catch (TimeZoneNotFoundException failure)
        {
            throw new InvalidOperationException($"{EmbeddedOptions.Section}:{nameof(EmbeddedOptions.TimeZone)} is '{options.Value.TimeZone}', which this machine does not know; write a name such as Asia/Shanghai.", failure);
        }
    }
}
