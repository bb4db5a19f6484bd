using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>The routes of the app, which are known when its worker is ready.</summary>
internal sealed class FunctionRoutes(Func<HttpContext, HttpFunction, Task> answer) : EndpointDataSource
{
    private volatile State _state = new([], new());

    /// <inheritdoc/>
    public override IReadOnlyList<Endpoint> Endpoints => _state.Endpoints;

    /// <inheritdoc/>
    public override IChangeToken GetChangeToken() => new CancellationChangeToken(_state.Changed.Token);

    /// <summary>Routes to other functions from now on.</summary>
    public void Set(IEnumerable<HttpFunction> functions)
    {
        var before = _state;
        _state = new State([.. functions.Select(EndpointOf)], new());
        before.Changed.Cancel();
    }

    private RouteEndpoint EndpointOf(HttpFunction function)
    {
        var endpoint = new RouteEndpointBuilder(http => answer(http, function), function.Pattern, 0) { DisplayName = function.Name };
        if (function.Methods.Length > 0)
        {
            endpoint.Metadata.Add(new HttpMethodMetadata(function.Methods));
        }

        return (RouteEndpoint)endpoint.Build();
    }

    private sealed record State(IReadOnlyList<Endpoint> Endpoints, CancellationTokenSource Changed);
}
