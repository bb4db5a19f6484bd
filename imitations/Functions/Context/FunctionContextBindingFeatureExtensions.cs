using CityBrain.Embedded.Functions.Hosting;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The result of an invocation, for middleware.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>The result, to read after the function ran or to replace.</summary>
    public static InvocationResult GetInvocationResult(this FunctionContext context) =>
        context.Features.Get<EmbeddedInvocationResult>() ?? throw new InvalidOperationException("This context does not belong to a running invocation, so it has no result.");

    /// <summary>The result as <typeparamref name="T"/>.</summary>
    public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context) =>
        new EmbeddedInvocationResult<T>(context.GetInvocationResult());
}
