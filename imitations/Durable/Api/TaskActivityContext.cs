namespace Microsoft.DurableTask;

/// <summary>What an activity knows of the call.</summary>
public abstract class TaskActivityContext
{
    /// <summary>Name of the activity.</summary>
    public abstract TaskName Name { get; }

    /// <summary>Id of the orchestration that called it.</summary>
    public abstract string InstanceId { get; }
}
