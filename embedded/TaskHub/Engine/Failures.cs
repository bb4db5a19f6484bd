using Google.Protobuf;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Failure details: those of functions, read from what the worker sent, and the hub's own.</summary>
internal static class Failures
{
    // A middleware of the worker may have wrapped the details into an exception of its own.
    private const string WrappedPrefix = "ActivityMiddleware.StructuredActivityFailure: ";
    private const string UnknownType = "(unknown)";

    /// <summary>The details of a failed activity, with its inner failures: the worker sends them as JSON in the exception's message.</summary>
    public static TaskFailureDetails FromInvocation(InvocationFailedException failure)
    {
        var text = failure.Message.StartsWith(WrappedPrefix, StringComparison.Ordinal) ? failure.Message[WrappedPrefix.Length..] : failure.Message;
        if (text.StartsWith('{'))
        {
            try
            {
                return JsonParser.Default.Parse<TaskFailureDetails>(text);
            }
            catch (InvalidProtocolBufferException)
            {
                // JSON of the function's own.
            }
            catch (InvalidJsonException)
            {
                // Text of the function's own.
            }
        }

        return new TaskFailureDetails { ErrorType = failure.ExceptionType ?? UnknownType, ErrorMessage = failure.Message, StackTrace = failure.RemoteStackTrace };
    }

    public static TaskFailureDetails NoOrchestrator(string name) => Final(
        "OrchestratorTaskNotFound", $"The function '{name}' doesn't exist, is disabled, or is not an orchestrator function; check the name given to the client or to CallSubOrchestratorAsync.");

    public static TaskFailureDetails NoActivity(string name) => Final(
        "ActivityTaskNotFound", $"The function '{name}' doesn't exist, is disabled, or is not an activity function; check the name given to CallActivityAsync.");

    public static TaskFailureDetails Unsupported(string what) => Final("NotSupported", $"{what} is not supported by this task hub.");

    public static TaskFailureDetails IdTaken(string id, OrchestrationStatus status) => Final(
        "DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException", $"The sub-orchestration was not started: an instance with the id '{id}' exists and is {status}.");

    /// <summary>What a parent is told when the turn ends its sub-orchestration.</summary>
    public static Mail ToParent(TurnCommit turn, ParentLink parent)
    {
        var told = turn.NewRow.Status == OrchestrationStatus.Completed
            ? HistoryEvents.ChildCompleted(turn.Time, parent.TaskId, turn.Output)
            : HistoryEvents.ChildFailed(turn.Time, parent.TaskId, turn.Failure ?? Final("Terminated", $"The sub-orchestration '{turn.Row.Id}' was terminated."));
        return HistoryEvents.ToMail(told, parent.Execution);
    }

    private static TaskFailureDetails Final(string type, string message) => new() { ErrorType = type, ErrorMessage = message, IsNonRetriable = true };
}
