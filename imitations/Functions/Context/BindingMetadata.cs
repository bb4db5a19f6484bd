namespace Microsoft.Azure.Functions.Worker;

/// <summary>A binding of a function.</summary>
public abstract class BindingMetadata
{
    /// <summary>Name of the parameter.</summary>
    public abstract string Name { get; }

    /// <summary>Kind of the binding, such as <c>httpTrigger</c>.</summary>
    public abstract string Type { get; }

    /// <summary>Direction of the binding.</summary>
    public abstract BindingDirection Direction { get; }
}
