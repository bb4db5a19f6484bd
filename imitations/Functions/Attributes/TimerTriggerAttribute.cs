using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function on a schedule, in UTC.</summary>
/// <param name="schedule">
/// Six NCRONTAB fields (second, minute, hour, day, month, day of week), a <see cref="TimeSpan"/> such as <c>00:30:00</c>,
/// or <c>%Setting%</c> that holds one of them.
/// </param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>The schedule expression.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>True: the last run is stored, and an occurrence missed while the host was down runs once at its start. Not for schedules below one minute.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>True: also runs each time the host starts.</summary>
    public bool RunOnStartup { get; set; }
}
