using System.Net.Mime;
using CityBrain.Embedded.Functions.Hosting;
using CityBrain.Embedded.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>One HTTP function as a route: its pattern, methods and keys, and the delegate that answers.</summary>
internal sealed class HttpRoute
{
    private readonly FunctionDescriptor _function;
    private readonly IFunctionInvoker _invoker;
    private readonly FunctionKeys _keys;

    public HttpRoute(FunctionDescriptor function, string prefix, EmbeddedOptions options, IFunctionInvoker invoker)
    {
        var trigger = (HttpTriggerAttribute)function.Trigger;
        (_function, _invoker) = (function, invoker);
        _keys = new FunctionKeys(function.Name, trigger.AuthLevel, options);
        Methods = trigger.Methods?.Select(method => method.ToUpperInvariant()).Distinct().ToArray() ?? [];
        Pattern = Parse(function.Name, string.Join('/', new[] { prefix.Trim('/'), (trigger.Route ?? function.Name).TrimStart('/') }.Where(part => part.Length > 0)));
        RequireAnswerable(function);
    }

    public string Name => _function.Name;

    public RoutePattern Pattern { get; }

    /// <summary>Methods in upper case; empty means any.</summary>
    public string[] Methods { get; }

    public async Task AnswerAsync(HttpContext http)
    {
        if (!_keys.Admit(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        try
        {
            await _invoker.InvokeAsync(
                new FunctionInvocation(_function, http.Request) { BindingsByName = http.Request.RouteValues, HttpContext = http }, http.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception failure)
        {
            await ProblemAsync(http, failure).ConfigureAwait(false);
        }
    }

    /// <summary>Says that it failed and nothing about how: the log knows.</summary>
    private static Task ProblemAsync(HttpContext http, Exception failure)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }

        var (status, title, code) = failure switch
        {
            BadHttpRequestException bad => (bad.StatusCode, "The request cannot be read.", "bad-request"),
            OperationCanceledException => (StatusCodes.Status503ServiceUnavailable, "The service is stopping.", "stopping"),
            _ => (StatusCodes.Status500InternalServerError, "An internal error happened.", "internal-error"),
        };
        http.Response.Clear();
        http.Response.StatusCode = status;
        http.Response.ContentType = MediaTypeNames.Application.ProblemJson;
        return http.Response.WriteAsync($$"""{"title":"{{title}}","status":{{status}},"code":"{{code}}"}""", CancellationToken.None);
    }

    private static RoutePattern Parse(string function, string route)
    {
        try
        {
            return RoutePatternFactory.Parse(route);
        }
        catch (RoutePatternException failure)
        {
            throw new InvalidOperationException($"The function '{function}' has the route '{route}', which is not a route template: {failure.Message}", failure);
        }
    }

    private static void RequireAnswerable(FunctionDescriptor function)
    {
        if (function.TriggerParameter.ParameterType != typeof(HttpRequest))
        {
            throw new InvalidOperationException($"The HTTP function '{function.Name}' takes {function.TriggerParameter.ParameterType.Name}; make its trigger parameter an HttpRequest.");
        }

        if (!HttpResultWriter.CanAnswerWith(function.Method.ReturnType))
        {
            throw new InvalidOperationException(
                $"The HTTP function '{function.Name}' returns {function.Method.ReturnType}, for which the ASP.NET Core integration of the Functions worker sends an empty answer; return IActionResult or IResult.");
        }
    }
}
