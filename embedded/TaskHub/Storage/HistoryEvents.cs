using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Makes history events. Those that come from outside have the event id -1; those that an action caused have the id of the action.</summary>
internal static class HistoryEvents
{
    private const int NoId = -1;

    public static HistoryEvent OrchestratorStarted(long time) => At(time, new HistoryEvent { OrchestratorStarted = new() });

    public static HistoryEvent OrchestratorCompleted(long time) => At(time, new HistoryEvent { OrchestratorCompleted = new() });

    public static HistoryEvent Started(long time, ExecutionStartedEvent started) => At(time, new HistoryEvent { ExecutionStarted = started });

    public static HistoryEvent TaskCompleted(long time, int taskId, string? result) =>
        At(time, new HistoryEvent { TaskCompleted = new() { TaskScheduledId = taskId, Result = result } });

    public static HistoryEvent TaskFailed(long time, int taskId, TaskFailureDetails failure) =>
        At(time, new HistoryEvent { TaskFailed = new() { TaskScheduledId = taskId, FailureDetails = failure } });

    public static HistoryEvent ChildCompleted(long time, int taskId, string? result) =>
        At(time, new HistoryEvent { SubOrchestrationInstanceCompleted = new() { TaskScheduledId = taskId, Result = result } });

    public static HistoryEvent ChildFailed(long time, int taskId, TaskFailureDetails failure) =>
        At(time, new HistoryEvent { SubOrchestrationInstanceFailed = new() { TaskScheduledId = taskId, FailureDetails = failure } });

    public static HistoryEvent TimerFired(long time, int timerId, long due) =>
        At(time, new HistoryEvent { TimerFired = new() { TimerId = timerId, FireAt = HubTime.ToTimestamp(due) } });

    public static HistoryEvent Raised(long time, string name, string? input) => At(time, new HistoryEvent { EventRaised = new() { Name = name, Input = input } });

    public static HistoryEvent Suspended(long time, string? reason) => At(time, new HistoryEvent { ExecutionSuspended = new() { Input = reason } });

    public static HistoryEvent Resumed(long time, string? reason) => At(time, new HistoryEvent { ExecutionResumed = new() { Input = reason } });

    public static HistoryEvent Terminated(long time, string? output, bool isRecursive) =>
        At(time, new HistoryEvent { ExecutionTerminated = new() { Input = output, Recurse = isRecursive } });

    /// <summary>A message that carries the event.</summary>
    public static Mail ToMail(HistoryEvent content, int execution, MailSource source = MailSource.Inbox, long number = 0, int taskId = 0) =>
        new(content.EventTypeCase, content.ToByteArray(), execution, source, number, taskId);

    /// <summary>Completes an event that an action caused.</summary>
    public static HistoryEvent ForAction(long time, int actionId, HistoryEvent caused)
    {
        (caused.EventId, caused.Timestamp) = (actionId, HubTime.ToTimestamp(time));
        return caused;
    }

    private static HistoryEvent At(long time, HistoryEvent happened) => ForAction(time, NoId, happened);
}
