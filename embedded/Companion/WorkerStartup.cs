using CityBrain.Embedded.Companion;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

[assembly: HostingStartup(typeof(WorkerStartup))]

namespace CityBrain.Embedded.Companion;

/// <summary>Gives the app of the worker's process the city's clock as its <see cref="TimeProvider"/>, and tells the host when the app has started.</summary>
internal sealed class WorkerStartup : IHostingStartup
{
    /// <inheritdoc/>
    public void Configure(IWebHostBuilder builder) => builder.ConfigureServices(services =>
    {
        if (Environment.GetEnvironmentVariable(HostLink.ClockVariable) is { Length: > 0 } clock)
        {
            services.RemoveAll<TimeProvider>();
            services.AddSingleton<TimeProvider>(_ => CityClock.Following(clock));
        }

        if (Environment.GetEnvironmentVariable(HostLink.StartedVariable) is { Length: > 0 } address)
        {
            services.AddHostedService(_ => new StartedSignal(new Uri(address)));
        }
    });
}
