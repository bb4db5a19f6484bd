using CityBrain.Embedded.Functions.Rpc;
using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>
/// Calls an HTTP function: the request goes to the worker's own web server, the invocation over gRPC, and both meet there by the id of the invocation.
/// A function that failed has answered 200 with nothing to the first, so the answer of the second decides.
/// </summary>
internal sealed class HttpInvoker(WorkerPool pool, IHttpForwarder forwarder, IOptions<EmbeddedOptions> options) : IDisposable
{
    private static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromSeconds(240) };

    private static readonly TimeSpan SoonEnough = TimeSpan.FromSeconds(2);

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

        if (http.Request.ContentLength > options.Value.MaxRequestBodyBytes)
        {
            await Problem.TooLarge.AnswerAsync(http).ConfigureAwait(false);
            return;
        }

        var id = Guid.NewGuid().ToString();
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var forwarding = forwarder.SendAsync(http, address.ToString(), _client, Config, new InvocationTransformer(id), giveUp.Token).AsTask();
        var invoking = InvokeAsync(worker.Channel, function, id, http.GetRouteData().Values, giveUp.Token);
        if (await forwarding.ConfigureAwait(false) is var error && error is not ForwarderError.None)
        {
            // The function may wait for a request that will never come.
            await giveUp.CancelAsync().ConfigureAwait(false);
        }

        var problem = error is ForwarderError.RequestBodyClient ? Problem.OfBody(http.GetForwarderErrorFeature()?.Exception)
            : ProblemOf(worker.Channel, error is ForwarderError.None ? await invoking.ConfigureAwait(false) : await SoonAsync(invoking).ConfigureAwait(false));
        if (problem is not null && !http.RequestAborted.IsCancellationRequested)
        {
            await problem.AnswerAsync(http).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static Problem? ProblemOf(WorkerChannel worker, Exception? failure) => failure switch
    {
        null => null,
        WorkerLostException => Problem.Starting,
        _ when worker.IsStopping => Problem.Starting,
        _ => Problem.Internal,
    };

    /// <summary>How an invocation ended whose request broke off; if the worker has died, that is known in a moment.</summary>
    private static async Task<Exception?> SoonAsync(Task<Exception?> invoking)
    {
        try
        {
            return await invoking.WaitAsync(SoonEnough).ConfigureAwait(false) ?? new IOException("The request broke off.");
        }
        catch (TimeoutException late)
        {
            return late;
        }
    }

    /// <summary>Why the function failed; null when it did not.</summary>
    private static async Task<Exception?> InvokeAsync(WorkerChannel worker, WorkerFunction function, string id, RouteValueDictionary values, CancellationToken cancellationToken)
    {
        var request = new InvocationRequest { InvocationId = id };
        request.InputData.Add(new ParameterBinding { Name = function.Trigger.Name, Data = new() { Http = new() } });
        foreach (var (name, value) in values)
        {
            request.TriggerMetadata[name] = new() { String = Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "" };
        }

        try
        {
            await worker.InvokeAsync(function, request, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception failure) when (failure is FunctionFailedException or WorkerLostException)
        {
            return failure;
        }
    }
}
