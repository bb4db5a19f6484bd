using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>
/// Readies a request for the worker's own web server: the invocation to which it belongs, and the client as it is seen from outside. What a client
/// wrote into these headers itself is not passed on.
/// </summary>
internal sealed class InvocationTransformer(string invocationId) : HttpTransformer
{
    private const string InvocationHeader = "x-ms-invocation-id";

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken).ConfigureAwait(false);
        proxyRequest.Headers.Host = null;
        Set(InvocationHeader, invocationId);
        Set("X-Forwarded-For", httpContext.Connection.RemoteIpAddress?.ToString());
        Set("X-Forwarded-Proto", httpContext.Request.Scheme);
        Set("X-Forwarded-Host", httpContext.Request.Host.Value);

        void Set(string name, string? value)
        {
            proxyRequest.Headers.Remove(name);
            if (!string.IsNullOrEmpty(value))
            {
                proxyRequest.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }
}
