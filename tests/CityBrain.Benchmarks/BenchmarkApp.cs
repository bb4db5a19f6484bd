using System.Diagnostics;
using System.Reflection;
using CityBrain.Embedded;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CityBrain.Benchmarks;

/// <summary>An app in a process of its own on the embedded host in this one, on a fresh file; and services of the app on the same tables, as another instance would have.</summary>
internal sealed class BenchmarkApp : IAsyncDisposable
{
    private readonly EmbeddedHost _host;
    private readonly ServiceProvider _services;
    private readonly string _folder;

    private BenchmarkApp(EmbeddedHost host, ServiceProvider services, string folder) => (_host, _services, _folder) = (host, services, folder);

    public static double PeakMemoryMiB => Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0;

    public IServiceProvider Services => _services;

    public Uri Address => _host.Http;

    /// <summary>Counts what the host and the app do.</summary>
    public Budget NewBudget() => new(_host.AppProcessId ?? throw new InvalidOperationException("The app is down."));

    public DurableTaskClient Durable => _services.GetRequiredService<DurableTaskClient>();

    /// <summary>Starts City Brain.</summary>
    public static Task<BenchmarkApp> StartAsync() => StartAsync([], isCity: true);

    /// <summary>Starts the app of the host's tests, which has orchestrations of every sort.</summary>
    public static Task<BenchmarkApp> StartTestAppAsync()
    {
        var path = typeof(BenchmarkApp).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key == "TestApp").Value!;
        return StartAsync(
            [$"--Embedded:App={path}", "--Schedule=0 0 0 1 1 *", "--Embedded:Queues:single:MaxDeliveryCount=3", "--Embedded:Queues:batch:MaxDeliveryCount=3", "--Embedded:Queues:ordered:RequiresSession=true"],
            isCity: false);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<BenchmarkApp> StartAsync(string[] settings, bool isCity)
    {
        var folder = Directory.CreateTempSubdirectory("citybrain-bench-").FullName;
        var host = await EmbeddedHost.StartAsync(
            [
                $"--contentRoot={AppContext.BaseDirectory}", $"--Embedded:Path={Path.Combine(folder, "city.db")}", "--Embedded:HttpPort=0", "--Embedded:ServiceBusPort=0", "--Embedded:AmqpPort=0",
                "--Embedded:TablesPort=0", "--Logging:LogLevel:Default=Warning", .. settings,
            ],
            logging => logging.AddSimpleConsole(console => console.SingleLine = true));
        var sample = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "local.settings.sample.json")).Build().GetSection("Values").AsEnumerable(makePathsRelative: true)
            .ToDictionary(setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), setting => setting.Value);
        sample["City:Folder"] = Path.Combine(AppContext.BaseDirectory, "city");
        sample["TableStorage"] = host.TableStorage;
        sample["ServiceBusConnection"] = host.ServiceBusConnection;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(sample).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(host.Clock);
        services.AddDurableTaskClient(durable => durable.UseGrpc(host.TaskHub.AbsoluteUri));
        return new BenchmarkApp(host, (isCity ? services.AddCityBrain(configuration) : services).BuildServiceProvider(), folder);
    }
}
