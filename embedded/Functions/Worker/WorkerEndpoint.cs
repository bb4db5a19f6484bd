using System.Net;
using CityBrain.Embedded.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>Where workers speak to this host: gRPC on the loopback address, on a port that the system picks.</summary>
internal sealed class WorkerEndpoint(WorkerDirectory workers, IEnumerable<WorkerService> services, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private WebApplication? _server;

    /// <summary>Base address, once started.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Where the companion of a worker says that the app has started.</summary>
    public Uri StartedAddressOf(string workerId) => new(Address, $"workers/{workerId}/started");

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = int.MaxValue;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton(loggers).AddSingleton(workers).AddRoutingCore();
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        foreach (var service in services)
        {
            service.Register(builder.Services);
        }

        _server = builder.Build();
        _server.MapPost("workers/{id}/started", (RequestDelegate)TakeStarted);
        _server.MapGrpcService<FunctionRpcService>();
        foreach (var service in services)
        {
            service.Map(_server);
        }

        Address = await LoopbackServer.ListenAsync(_server, "The endpoint of workers", 0, "", cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task TakeStarted(HttpContext http)
    {
        if (workers.Find((string)http.Request.RouteValues["id"]!) is { } worker)
        {
            worker.SetStarted();
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        }

        return Task.CompletedTask;
    }
}

/// <summary>A gRPC service that workers may call.</summary>
/// <param name="Register">Registers what it needs.</param>
/// <param name="Map">Maps it.</param>
internal sealed record WorkerService(Action<IServiceCollection> Register, Action<WebApplication> Map)
{
    /// <summary>A service that is made with what <paramref name="register"/> adds.</summary>
    public static WorkerService Of<T>(Action<IServiceCollection> register)
        where T : class => new(register, server => server.MapGrpcService<T>());
}
