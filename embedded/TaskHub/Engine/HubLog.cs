using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.TaskHub;

/// <summary>What the hub logs.</summary>
internal static partial class HubLog
{
    [LoggerMessage(LogLevel.Warning, "The invocation of orchestrator {Name} for instance {InstanceId} failed; its turn is taken again in {Pause} (failure {Count}).")]
    public static partial void TurnFailed(this ILogger logger, Exception failure, string name, string instanceId, TimeSpan pause, int count);

    [LoggerMessage(LogLevel.Error, "A turn of the instance with row key {Key} could not be taken or written and is taken again in {Pause}.")]
    public static partial void TurnNotTaken(this ILogger logger, Exception failure, long key, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "Activity {Name} of instance {InstanceId} could not be invoked and is tried again in {Pause}.")]
    public static partial void ActivityNotRun(this ILogger logger, Exception failure, string name, string instanceId, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "Activities that wait could not be read and are read again when the next one ends or is added.")]
    public static partial void ActivitiesNotRead(this ILogger logger, Exception failure);

    [LoggerMessage(LogLevel.Error, "Timers could not be read and are read again in {Pause}.")]
    public static partial void TimersNotRead(this ILogger logger, Exception failure, TimeSpan pause);
}
