namespace Microsoft.Azure.Functions.Worker;

/// <summary>The result of an invocation as <typeparamref name="T"/>; middleware may replace it.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public abstract class InvocationResult<T>
{
    /// <summary>The value; null when the function returned none.</summary>
    public abstract T? Value { get; set; }
}
