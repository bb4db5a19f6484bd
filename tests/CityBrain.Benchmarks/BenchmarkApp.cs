using System.Diagnostics;
using CityBrain.Embedded.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityBrain.Benchmarks;

/// <summary>The app, or some functions, on the embedded platform in this process, on a fresh file.</summary>
internal sealed class BenchmarkApp : IAsyncDisposable
{
    private readonly string _folder;
    private readonly IHost _host;

    private BenchmarkApp(string folder, IHost host) => (_folder, _host) = (folder, host);

    public static double PeakMemoryMiB => Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0;

    public IServiceProvider Services => _host.Services;

    public Uri Address => Services.GetRequiredService<IEmbeddedAddresses>().Http;

    public static async Task<BenchmarkApp> StartAsync(Action<IServiceCollection> configure)
    {
        var folder = Directory.CreateTempSubdirectory("citybrain-bench-").FullName;
        var builder = FunctionsApplication.CreateBuilder(
        [
            $"--contentRoot={AppContext.BaseDirectory}", $"--Embedded:Path={Path.Combine(folder, "city.db")}", "--Embedded:HttpPort=0", "--Embedded:ServiceBusPort=0", "--WhatNext=false",
        ]);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<UnhandledErrors>();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        configure(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new BenchmarkApp(folder, host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
