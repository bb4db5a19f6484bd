using CityBrain.Embedded.Functions.Rpc;
using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>
/// Calls an HTTP function: the request goes to the worker's own web server, the invocation over gRPC, and both meet there by the id of the invocation.
/// A function that failed has answered 200 with nothing to the first, so the answer of the second decides.
/// </summary>
internal sealed class HttpInvoker(WorkerPool pool, IHttpForwarder forwarder) : IDisposable
{
    private static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    });

    /// <summary>Answers a request with what a function answers, or with a problem.</summary>
    public async Task AnswerAsync(HttpContext http, HttpFunction route)
    {
        if (!route.Keys.Admit(http.Request))
        {
            await Problem.Unauthorized.AnswerAsync(http).ConfigureAwait(false);
            return;
        }

        if (pool.Current is not { Http: { } address } worker || worker.Find(route.Function.Id) is not { } function)
        {
            await Problem.Starting.AnswerAsync(http).ConfigureAwait(false);
            return;
        }

        var id = Guid.NewGuid().ToString();
        var forwarding = forwarder.SendAsync(http, address.ToString(), _client, Config, new InvocationTransformer(id), http.RequestAborted).AsTask();
        var failure = await InvokeAsync(worker.Channel, function, id, http).ConfigureAwait(false);
        var error = await forwarding.ConfigureAwait(false);
        if (!http.RequestAborted.IsCancellationRequested && ProblemOf(http, error, failure) is { } problem)
        {
            await problem.AnswerAsync(http).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static Problem? ProblemOf(HttpContext http, ForwarderError error, Exception? failure) => (error, failure) switch
    {
        (ForwarderError.RequestBodyClient, _) => Problem.OfBody(http.GetForwarderErrorFeature()?.Exception),
        (_, WorkerLostException) => Problem.Starting,
        (_, FunctionFailedException { IsCancelled: true }) => Problem.Starting,
        (ForwarderError.None, null) => null,
        _ => Problem.Internal,
    };

    /// <summary>Why the function failed; null when it did not.</summary>
    private static async Task<Exception?> InvokeAsync(WorkerChannel worker, WorkerFunction function, string id, HttpContext http)
    {
        var request = new InvocationRequest { InvocationId = id };
        request.InputData.Add(new ParameterBinding { Name = function.Trigger.Name, Data = new() { Http = new() } });
        foreach (var (name, value) in http.GetRouteData().Values)
        {
            request.TriggerMetadata[name] = new() { String = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "" };
        }

        try
        {
            await worker.InvokeAsync(function, request, http.RequestAborted).ConfigureAwait(false);
            return null;
        }
        catch (Exception failure) when (failure is FunctionFailedException or WorkerLostException)
        {
            return failure;
        }
    }
}
