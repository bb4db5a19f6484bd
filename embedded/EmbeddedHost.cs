using CityBrain.Embedded.Companion;
using CityBrain.Embedded.Functions.Http;
using CityBrain.Embedded.Functions.Timers;
using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CityBrain.Embedded;

/// <summary>
/// A Functions host for one machine, with what stands behind it: the app in a process of its own, its task hub, Service Bus, tables and the city's clock, on one SQLite file.
/// </summary>
public sealed class EmbeddedHost : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _isDisposed;

    private EmbeddedHost(IHost host) => _host = host;

    /// <summary>The city's clock.</summary>
    public CityClock Clock => Get<CityClock>();

    /// <summary>Base address of the HTTP functions.</summary>
    public Uri Http => Get<HttpFront>().Address;

    /// <summary>Base address for devices that send messages by HTTP.</summary>
    public Uri Devices => Get<QueuesServer>().Devices;

    /// <summary>The connection string of the queues, for a Service Bus client that may do everything.</summary>
    public string ServiceBusConnection => Get<QueuesServer>().ConnectionString;

    /// <summary>The connection string of the tables.</summary>
    public string TableStorage => Get<TablesServer>().ConnectionString;

    /// <summary>Where the task hub answers the durable client over gRPC.</summary>
    public Uri TaskHub => Get<WorkerEndpoint>().Address;

    /// <summary>What a person may try now; it names keys.</summary>
    internal string WhatNext => Embedded.WhatNext.Text(Get<IConfiguration>(), new(Http, Devices, ServiceBusConnection, TableStorage));

    /// <summary>The app's process; null while it is being started again.</summary>
    public int? AppProcessId => Get<WorkerSupervisor>().ProcessId;

    /// <summary>Builds the host, starts the app and returns when it is ready.</summary>
    /// <param name="args">Settings, as on a command line: <c>--Embedded:HttpPort=0</c>, or <c>--Name:Of:Setting=value</c> for the app.</param>
    /// <param name="logging">Where the log goes; null for the console.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="InvalidOperationException">A setting is wrong, a port is taken, the store is in use or the app did not start; the sentence says what to do.</exception>
    public static async Task<EmbeddedHost> StartAsync(string[] args, Action<ILoggingBuilder>? logging = null, CancellationToken cancellationToken = default)
    {
        var host = Build(args, logging);
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            return new EmbeddedHost(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Runs until the process is told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _host.WaitForShutdownAsync(cancellationToken);

    /// <summary>Stops in an orderly way: no new work, what runs is waited for, the app ends, the store is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _host.StopAsync(CancellationToken.None).ConfigureAwait(false);
        if (_host is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            _host.Dispose();
        }
    }

    private static IHost Build(string[] args, Action<ILoggingBuilder>? logging)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, Args = args });
        var root = Path.GetFullPath(new ConfigurationBuilder().AddCommandLine(args).Build()["contentRoot"] ?? Directory.GetCurrentDirectory());
        HostSettings.AddTo(builder.Configuration, root, args);
        builder.Logging.AddQuietFrameworks();
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        if (logging is null)
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }
        else
        {
            logging(builder.Logging);
        }

        builder.Services.AddEmbeddedHost(builder.Configuration, HostSettings.OfApp(root, args));
        return builder.Build();
    }

    /// <summary>A part of the host.</summary>
    internal T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}
