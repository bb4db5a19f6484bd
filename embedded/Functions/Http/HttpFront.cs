using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CityBrain.Embedded.Functions.Http;

/// <summary>The address of the app. It listens before the app is ready, and says so.</summary>
internal sealed partial class HttpFront(WorkerPool pool, HostJsonOptions hostJson, IOptions<EmbeddedOptions> options, ILoggerFactory loggers) : IHostedService, IFunctionsListener, IAsyncDisposable
{
    private WebApplication? _server;
    private FunctionRoutes? _routes;
    private volatile string? _page;

    /// <summary>Base address, once started.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _server = LoopbackServer.Build(options.Value.HttpPort, options.Value.MaxRequestBodyBytes, loggers, services =>
        {
            services.AddRoutingCore();
            services.AddHttpForwarder();
            services.AddSingleton(pool).AddSingleton(options).AddSingleton<HttpInvoker>();
        });
        var invoker = _server.Services.GetRequiredService<HttpInvoker>();
        _routes = new FunctionRoutes(invoker.AnswerAsync);
        ((IEndpointRouteBuilder)_server).DataSources.Add(_routes);
        _server.MapGet("/", (RequestDelegate)PageAsync);
        _server.MapFallback("{**path}", (RequestDelegate)(http => (_page is null || pool.Current is null ? Problem.Starting : Problem.NotFound).AnswerAsync(http)));
        Address = await LoopbackServer.ListenAsync(_server, "The app", options.Value.HttpPort, $"{EmbeddedOptions.Section}:{nameof(EmbeddedOptions.HttpPort)}", cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Routes to the functions of the app.</summary>
    /// <exception cref="InvalidOperationException">Two functions answer the same request, or a route is wrong.</exception>
    public Task UseAsync(IReadOnlyList<WorkerFunction> functions, CancellationToken cancellationToken)
    {
        var keys = new HostKeys(options.Value);
        HttpFunction[] routes = [.. functions.Where(function => function.Trigger.Is("httpTrigger")).Select(function => new HttpFunction(function, hostJson.Http.RoutePrefix, keys))];
        HttpRouteConflicts.Check(routes);
        _page = HomePage.Write(routes);
        _routes!.Set(routes);
        LogListening(loggers.CreateLogger<HttpFront>(), Address);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task PauseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task PageAsync(HttpContext http) => _page is { } page
        ? Results.Content(page, "text/html; charset=utf-8").ExecuteAsync(http)
        : Problem.Starting.AnswerAsync(http);

    [LoggerMessage(10, LogLevel.Information, "HTTP functions listen on {Address}")]
    private static partial void LogListening(ILogger logger, Uri address);
}
