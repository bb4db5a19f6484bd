using CityBrain.Embedded.Functions.Hosting;
using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>HTTP of an invocation.</summary>
public static class FunctionContextExtensions
{
    /// <summary>The HTTP request and response of the invocation; null when no HTTP request started it.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(EmbeddedFunctionContext.HttpContextKey, out var value) ? value as HttpContext : null;
}
