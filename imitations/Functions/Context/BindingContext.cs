namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the trigger knows about an invocation.</summary>
public abstract class BindingContext
{
    /// <summary>Values by name, such as route values.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
