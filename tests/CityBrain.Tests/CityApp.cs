using System.Net.Http.Headers;
using Azure.Messaging.ServiceBus;
using CityBrain.Embedded;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CityBrain.Tests;

/// <summary>
/// The whole app in a process of its own on the embedded host: the demo city, a file of its own, free ports, and a key for each role. What a test asks of its services
/// it asks of a second set of them, on the same tables and queues, as another instance of the app would.
/// </summary>
internal sealed class CityApp : IAsyncDisposable
{
    public const string DutyKey = "duty-key-of-the-tests";
    public const string StaffKey = "staff-key-of-the-tests";
    public const string IntakeKey = "intake-key-of-the-tests";

    private readonly EmbeddedHost _host;
    private readonly ServiceProvider _services;
    private readonly string _folder;

    private CityApp(EmbeddedHost host, string folder, string[] settings)
    {
        (_host, _folder) = (host, folder);
        var configuration = new ConfigurationBuilder()
            .AddCommandLine([.. settings, $"--TableStorage={host.TableStorage}", $"--ServiceBusConnection={host.ServiceBusConnection}", $"--City:Folder={Path.Combine(AppContext.BaseDirectory, "city")}"])
            .Build();
        _services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(host.Clock).AddCityBrain(configuration)
            .AddDurableTaskClient(durable => durable.UseGrpc(host.TaskHub.AbsoluteUri)).BuildServiceProvider();
    }

    public IServiceProvider Services => _services;

    /// <summary>The connection string of the queues, for a client that may do everything.</summary>
    public string ServiceBusConnection => _host.ServiceBusConnection;

    /// <summary>The connection string of the tables.</summary>
    public string TableStorage => _host.TableStorage;

    /// <summary>The durable client, from outside.</summary>
    public DurableTaskClient Durable => _services.GetRequiredService<DurableTaskClient>();

    public static async Task<CityApp> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("citybrain-app-").FullName;
        File.WriteAllText(Path.Combine(folder, "local.settings.json"), "{}");
        string[] all =
        [
            $"--contentRoot={folder}", $"--Embedded:Path={Path.Combine(folder, "city.db")}", "--Embedded:HttpPort=0", "--Embedded:ServiceBusPort=0", "--Embedded:AmqpPort=0", "--Embedded:TablesPort=0",
            "--Embedded:ShutdownSeconds=5", "--Embedded:Queues:sensor-events:RequiresSession=false", "--Embedded:Queues:filed-cases:RequiresSession=true", "--Embedded:Queues:notices:RequiresSession=true",
            $"--Vault:Key={Convert.ToBase64String(new byte[32])}",
            .. Caller("duty", "Duty", DutyKey), .. Caller("staff", "Staff", StaffKey), .. Caller("hotline", "Intake", IntakeKey),
            .. settings,
        ];
        var host = await EmbeddedHost.StartAsync(all, logging => logging.ClearProviders(), TestContext.Current.CancellationToken);
        return new CityApp(host, folder, all);
    }

    /// <summary>A client with a key, or without.</summary>
    public HttpClient Client(string? key = null, string accept = "application/json")
    {
        var client = new HttpClient { BaseAddress = _host.Http };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        return client;
    }

    /// <summary>The connection string of the queues for another key.</summary>
    public string ServiceBusConnectionOf(string keyName, string key) =>
        $"Endpoint={ServiceBusConnectionStringProperties.Parse(ServiceBusConnection).Endpoint};SharedAccessKeyName={keyName};SharedAccessKey={key};UseDevelopmentEmulator=true";

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string[] Caller(string name, string role, string key) => [$"--Callers:{name}:Key={key}", $"--Callers:{name}:Role={role}", $"--Embedded:HostKeys:{name}={key}"];
}
