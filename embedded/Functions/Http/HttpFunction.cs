using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.Hosting;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>One HTTP function: its route, methods and keys.</summary>
internal sealed class HttpFunction
{
    /// <exception cref="InvalidOperationException">The route is not a route template, or the authorization level is none.</exception>
    public HttpFunction(WorkerFunction function, string prefix, HostKeys keys)
    {
        Function = function;
        Keys = keys.Of(function.Name, function.Trigger.Text("authLevel") ?? "function");
        Methods = [.. function.Trigger.Texts("methods").Select(method => method.ToUpperInvariant()).Distinct()];
        var route = string.Join('/', new[] { prefix.Trim('/'), (function.Trigger.Text("route") ?? function.Name).TrimStart('/') }.Where(part => part.Length > 0));
        try
        {
            Pattern = RoutePatternFactory.Parse(route);
        }
        catch (RoutePatternException failure)
        {
            throw new InvalidOperationException($"The function '{function.Name}' has the route '{route}', which is not a route template: {failure.Message}", failure);
        }
    }

    public WorkerFunction Function { get; }

    public string Name => Function.Name;

    public RoutePattern Pattern { get; }

    /// <summary>Methods in upper case; empty means any.</summary>
    public string[] Methods { get; }

    /// <summary>Who may call it.</summary>
    public FunctionKeys Keys { get; }
}
