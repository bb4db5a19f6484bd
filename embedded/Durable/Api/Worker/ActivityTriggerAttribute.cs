namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the input parameter of an activity function.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ActivityTriggerAttribute : Attribute
{
    /// <summary>Name of the activity; null means the function's name.</summary>
    public string? Activity { get; set; }
}
