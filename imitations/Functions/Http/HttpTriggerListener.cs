using CityBrain.Embedded.Functions.Hosting;
using CityBrain.Embedded.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>Serves the HTTP functions on one Kestrel, which has routing and nothing else between the socket and the function.</summary>
internal sealed partial class HttpTriggerListener(
    FunctionCatalog catalog,
    FunctionInvoker invoker,
    HostJsonOptions hostJson,
    IOptions<EmbeddedOptions> options,
    EmbeddedAddresses addresses,
    ILoggerFactory loggers,
    IServiceProvider services) : ITriggerListener, IAsyncDisposable
{
    private WebApplication? _server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var prefix = hostJson.Http.RoutePrefix;
        var routes = catalog.WithTrigger<HttpTriggerAttribute>().Select(function => new HttpRoute(function, prefix, options.Value, invoker)).ToArray();
        if (services.GetService<HttpIntegration>() is null)
        {
            RequireNone(routes);
            return;
        }

        HttpRouteConflicts.Check(routes);
        _server = LoopbackServer.Build(options.Value.HttpPort, options.Value.MaxRequestBodyBytes, loggers, server => server.AddRoutingCore());
        Map(_server, routes);
        addresses.Http = await LoopbackServer.ListenAsync(_server, "The HTTP functions", options.Value.HttpPort, "Embedded:HttpPort", cancellationToken).ConfigureAwait(false);
        LogListening(loggers.CreateLogger<HttpTriggerListener>(), addresses.Http);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [LoggerMessage(10, LogLevel.Information, "HTTP functions listen on {Address}")]
    private static partial void LogListening(ILogger logger, Uri address);

    private static void RequireNone(HttpRoute[] routes)
    {
        if (routes.Length > 0)
        {
            throw new InvalidOperationException($"The function '{routes[0].Name}' has an HTTP trigger; call ConfigureFunctionsWebApplication() on the builder.");
        }
    }

    private static void Map(WebApplication server, HttpRoute[] routes)
    {
        foreach (var route in routes)
        {
            _ = route.Methods.Length == 0
                ? server.Map(route.Pattern, route.AnswerAsync)
                : server.MapMethods(route.Pattern.RawText!, route.Methods, (RequestDelegate)route.AnswerAsync);
        }

        if (routes.All(route => route.Pattern.RawText!.Length > 0))
        {
            var page = HomePage.Write(routes);
            server.MapGet("/", (RequestDelegate)(http => Results.Content(page, "text/html; charset=utf-8").ExecuteAsync(http)));
        }
    }
}
