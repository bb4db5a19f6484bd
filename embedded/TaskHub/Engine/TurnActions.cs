using System.Buffers;
using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;
using Action = Microsoft.DurableTask.Protobuf.OrchestratorAction;
using ActionKind = Microsoft.DurableTask.Protobuf.OrchestratorAction.OrchestratorActionTypeOneofCase;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Turns what an orchestrator asked for into events of its history and changes of the turn.</summary>
/// <param name="turn">The turn.</param>
/// <param name="history">Frames of the turn's events so far.</param>
/// <param name="start">Reads the event that started the execution.</param>
internal sealed class TurnActions(TurnCommit turn, ArrayBufferWriter<byte> history, Func<ExecutionStartedEvent> start)
{
    // The text of an entity's instance id begins with it.
    private const char EntityMark = '@';

    private bool _isComplete;

    /// <summary>Takes the actions in order; one that is not supported fails the orchestration and undoes the others.</summary>
    public void Apply(IEnumerable<Action> actions)
    {
        foreach (var action in actions)
        {
            if (Refusal(action) is { } refused)
            {
                turn.ClearRequests();
                Fail(action.Id, Failures.Unsupported(refused));
                return;
            }

            Apply(action);
        }
    }

    /// <summary>Ends the orchestration as failed.</summary>
    public void Fail(int actionId, TaskFailureDetails failure) =>
        Complete(actionId, new CompleteOrchestrationAction { OrchestrationStatus = OrchestrationStatus.Failed, FailureDetails = failure });

    /// <summary>Ends the orchestration or begins its next execution; only the first call counts.</summary>
    public void Complete(int actionId, CompleteOrchestrationAction completion)
    {
        if (_isComplete)
            return;
        _isComplete = true;
        if (completion.OrchestrationStatus == OrchestrationStatus.ContinuedAsNew)
        {
            ContinueAsNew(completion);
            return;
        }

        turn.Output = completion.Result;
        turn.Failure = completion.FailureDetails;
        if (completion.OrchestrationStatus == OrchestrationStatus.Failed)
            turn.Failure ??= new TaskFailureDetails { ErrorType = "(unknown)", ErrorMessage = completion.Details ?? completion.Result ?? "The orchestration failed." };
        turn.NewRow = turn.NewRow with { Status = completion.OrchestrationStatus };
        turn.Timers.Clear();
        Record(actionId, new HistoryEvent
        {
            ExecutionCompleted = new() { OrchestrationStatus = completion.OrchestrationStatus, Result = completion.Result, FailureDetails = turn.Failure },
        });
    }

    private static string? Refusal(Action action) => action.OrchestratorActionTypeCase switch
    {
        ActionKind.ScheduleTask or ActionKind.CreateTimer or ActionKind.CreateSubOrchestration or ActionKind.CompleteOrchestration or ActionKind.TerminateOrchestration => null,
        ActionKind.SendEvent when !action.SendEvent.Instance.InstanceId.StartsWith(EntityMark) => null,
        ActionKind.SendEvent or ActionKind.SendEntityMessage => "A message to an entity",
        _ => $"The action {action.OrchestratorActionTypeCase}",
    };

    /// <summary>Inputs of activities come as a JSON array of one.</summary>
    private static string? StripBrackets(string? input)
    {
        var stripped = input is ['[', .., ']'] ? input[1..^1] : input;
        return stripped is null or "" or "null" ? null : stripped;
    }

    private void Apply(Action action)
    {
        switch (action.OrchestratorActionTypeCase)
        {
            case ActionKind.ScheduleTask:
                var task = action.ScheduleTask;
                turn.Activities.Add((action.Id, task.Name, StripBrackets(task.Input)));
                Record(action.Id, new HistoryEvent { TaskScheduled = new() { Name = task.Name, Version = task.Version, Tags = { task.Tags } } });
                break;
            case ActionKind.CreateTimer:
                turn.Timers.Add((action.Id, HubTime.ToTicks(action.CreateTimer.FireAt)));
                Record(action.Id, new HistoryEvent { TimerCreated = new() { FireAt = action.CreateTimer.FireAt } });
                break;
            case ActionKind.CreateSubOrchestration:
                StartChild(action.Id, action.CreateSubOrchestration);
                break;
            case ActionKind.SendEvent:
                var sent = action.SendEvent;
                turn.Messages.Add((sent.Instance.InstanceId, HistoryEvents.ToMail(HistoryEvents.Raised(turn.Time, sent.Name, sent.Data), Mail.AnyExecution)));
                Record(action.Id, new HistoryEvent { EventSent = new() { InstanceId = sent.Instance.InstanceId, Name = sent.Name, Input = sent.Data } });
                break;
            case ActionKind.TerminateOrchestration:
                var ended = action.TerminateOrchestration;
                turn.Messages.Add((ended.InstanceId, HistoryEvents.ToMail(HistoryEvents.Terminated(turn.Time, ended.Reason, ended.Recurse), Mail.AnyExecution)));
                break;
            default:
                Complete(action.Id, action.CompleteOrchestration);
                break;
        }
    }

    private void StartChild(int actionId, CreateSubOrchestrationAction asked)
    {
        var id = asked.InstanceId.Length > 0 ? asked.InstanceId : Guid.NewGuid().ToString("N");
        var (row, tags) = (turn.Row, asked.Tags.Clone());
        InstanceTags.AddMissing(tags, row.Tags);
        var started = new ExecutionStartedEvent
        {
            Name = asked.Name,
            Version = asked.Version,
            Input = asked.Input,
            ParentTraceContext = asked.ParentTraceContext,
            Tags = { tags },
            ParentInstance = new()
            {
                TaskScheduledId = actionId,
                Name = row.Name,
                Version = row.Version,
                OrchestrationInstance = new() { InstanceId = row.Id, ExecutionId = row.ExecutionId },
            },
        };
        turn.Children.Add((actionId, NewInstance.From(id, started, turn.Time, new ParentLink(row.Key, row.Execution, actionId))));
        Record(actionId, new HistoryEvent { SubOrchestrationInstanceCreated = new() { InstanceId = id, Name = asked.Name, Version = asked.Version, Tags = { tags } } });
    }

    private void ContinueAsNew(CompleteOrchestrationAction completion)
    {
        var started = start();
        started.Input = completion.Result;
        started.Version = completion.NewVersion ?? started.Version;
        started.ScheduledStartTimestamp = null;
        started.OrchestrationInstance = new() { InstanceId = turn.Row.Id, ExecutionId = NewInstance.NewExecutionId() };
        var frames = new ArrayBufferWriter<byte>();
        EventFrames.Append(frames, EventFrames.New, HistoryEvents.Started(turn.Time, started));
        foreach (var carried in completion.CarryoverEvents)
        {
            EventFrames.Append(frames, EventFrames.New, carried);
        }

        turn.Timers.Clear();
        turn.NewRow = turn.NewRow with
        {
            Version = started.Version,
            Execution = turn.Row.Execution + 1,
            ExecutionId = started.OrchestrationInstance.ExecutionId,
            NeedsStart = true,
            Started = frames.WrittenSpan.ToArray(),
        };
    }

    private void Record(int actionId, HistoryEvent caused) => EventFrames.Append(history, EventFrames.Past, HistoryEvents.ForAction(turn.Time, actionId, caused));
}
