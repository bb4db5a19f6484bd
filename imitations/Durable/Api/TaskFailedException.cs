namespace Microsoft.DurableTask;

/// <summary>An activity or sub-orchestration that was awaited has failed.</summary>
public sealed class TaskFailedException : Exception
{
    /// <param name="taskName">Name of the activity or sub-orchestration.</param>
    /// <param name="taskId">Its id within the orchestration.</param>
    /// <param name="innerException">How it failed.</param>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException.Message), innerException) =>
        (TaskName, TaskId, FailureDetails) = (taskName, taskId, TaskFailureDetails.FromException(innerException));

    /// <param name="taskName">Name of the activity or sub-orchestration.</param>
    /// <param name="taskId">Its id within the orchestration.</param>
    /// <param name="failureDetails">How it failed.</param>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Describe(taskName, taskId, failureDetails.ErrorMessage)) =>
        (TaskName, TaskId, FailureDetails) = (taskName, taskId, failureDetails);

    /// <summary>Name of the activity or sub-orchestration.</summary>
    public string TaskName { get; }

    /// <summary>Its id within the orchestration.</summary>
    public int TaskId { get; }

    /// <summary>How it failed.</summary>
    public TaskFailureDetails FailureDetails { get; }

    private static string Describe(string taskName, int taskId, string reason) =>
        $"Task '{taskName}' (#{taskId}) failed with an unhandled exception: {reason}";
}
