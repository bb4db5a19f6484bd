using System.Net.Http.Headers;
using CityBrain.Embedded.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityBrain.Tests;

/// <summary>The whole app on the embedded platform: the demo city, a file of its own, free ports, and a key for each role.</summary>
internal sealed class CityApp : IAsyncDisposable
{
    public const string DutyKey = "duty-key-of-the-tests";
    public const string StaffKey = "staff-key-of-the-tests";
    public const string IntakeKey = "intake-key-of-the-tests";

    private readonly IHost _host;
    private readonly string _folder;

    private CityApp(IHost host, string folder) => (_host, _folder) = (host, folder);

    public IServiceProvider Services => _host.Services;

    public static async Task<CityApp> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("citybrain-app-").FullName;
        File.WriteAllText(Path.Combine(folder, "local.settings.json"), "{}");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "host.json"), Path.Combine(folder, "host.json"));
        var builder = FunctionsApplication.CreateBuilder(
        [
            $"--contentRoot={folder}", $"--Embedded:Path={Path.Combine(folder, "city.db")}", "--Embedded:HttpPort=0", "--Embedded:ServiceBusPort=0", "--Embedded:ShutdownSeconds=5",
            "--Embedded:Queues:filed-cases:RequiresSession=true", "--Embedded:Queues:notices:RequiresSession=true",
            $"--Vault:Key={Convert.ToBase64String(new byte[32])}",
            .. Caller("duty", "Duty", DutyKey), .. Caller("staff", "Staff", StaffKey), .. Caller("hotline", "Intake", IntakeKey),
            .. settings,
        ]);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<UnhandledErrors>();
        builder.Logging.ClearProviders();
        builder.Services.AddCityBrain();
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new CityApp(host, folder);
    }

    /// <summary>A client with a key, or without.</summary>
    public HttpClient Client(string? key = null, string accept = "application/json")
    {
        var client = new HttpClient { BaseAddress = Services.GetRequiredService<IEmbeddedAddresses>().Http };
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (key is not null)
        {
            client.DefaultRequestHeaders.Add("x-functions-key", key);
        }

        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string[] Caller(string name, string role, string key) => [$"--Callers:{name}:Key={key}", $"--Callers:{name}:Role={role}", $"--Embedded:HostKeys:{name}={key}"];
}
