using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.Functions.Hosting;

/// <summary>Where the result of an invocation is kept.</summary>
internal sealed class EmbeddedInvocationResult : InvocationResult
{
    public override object? Value { get; set; }
}

/// <summary>A typed view of it.</summary>
internal sealed class EmbeddedInvocationResult<T>(InvocationResult result) : InvocationResult<T>
{
    public override T? Value
    {
        get => (T?)result.Value;
        set => result.Value = value;
    }
}
