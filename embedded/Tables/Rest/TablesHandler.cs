using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>
/// Carries requests to an endpoint in the same process without a socket: give it to the official client as
/// <c>new HttpClientTransport(handler)</c>. Unlike ASP.NET Core's TestServer it hands over the target as it was written, so that keys with
/// escapes keep their signature.
/// </summary>
/// <param name="endpoint">Who answers.</param>
public sealed class TablesHandler(TablesEndpoint endpoint) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        var http = new DefaultHttpContext { RequestAborted = cancellationToken };
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = uri.PathAndQuery;
        http.Request.Method = request.Method.Method;
        http.Request.Scheme = uri.Scheme;
        http.Request.Host = HostString.FromUriComponent(uri);
        http.Request.Path = "/";
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            http.Request.Headers[name] = values.ToString();
        }

        if (request.Content is { } content)
        {
            http.Request.Body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            http.Request.ContentLength = content.Headers.ContentLength;
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                http.Request.Headers[name] = values.ToString();
            }
        }

        var body = new MemoryStream();
        http.Response.Body = body;
        await endpoint.InvokeAsync(http).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return Response(http.Response, body, request);
    }

    private static HttpResponseMessage Response(HttpResponse from, MemoryStream body, HttpRequestMessage request)
    {
        // A stream that cannot seek, as one from a socket: the client copies such a stream, but reads others after it has disposed them.
        var stream = PipeReader.Create(new ReadOnlySequence<byte>(body.GetBuffer(), 0, (int)body.Length)).AsStream();
        var response = new HttpResponseMessage((HttpStatusCode)from.StatusCode) { Content = new StreamContent(stream), RequestMessage = request };
        foreach (var (name, values) in from.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                response.Content.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        return response;
    }
}
