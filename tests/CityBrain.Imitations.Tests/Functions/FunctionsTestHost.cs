using CityBrain.Embedded.Functions.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Tests.Functions;

/// <summary>A Functions host in a folder of its own, on a free port, with the functions of the given classes.</summary>
public sealed class FunctionsTestHost : IAsyncDisposable
{
    private readonly bool _ownsFolder;

    private FunctionsTestHost(IHost host, string folder, bool ownsFolder) => (Host, Folder, _ownsFolder) = (host, folder, ownsFolder);

    public IHost Host { get; }

    public string Folder { get; }

    public HttpClient Client => field ??= new HttpClient { BaseAddress = Host.Services.GetRequiredService<IEmbeddedAddresses>().Http };

    public static string NewFolder(string hostJson = "{}", string settings = "{}")
    {
        var folder = Directory.CreateTempSubdirectory("citybrain-host-").FullName;
        File.WriteAllText(Path.Combine(folder, "host.json"), hostJson);
        File.WriteAllText(Path.Combine(folder, "local.settings.json"), settings);
        return folder;
    }

    public static FunctionsApplicationBuilder NewBuilder(string folder, params string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(
            [$"--contentRoot={folder}", $"--Embedded:Path={Path.Combine(folder, "city.db")}", "--Embedded:HttpPort=0", "--Embedded:ServiceBusPort=0", "--Embedded:ShutdownSeconds=5", .. args]);
        builder.Logging.ClearProviders();
        builder.ConfigureFunctionsWebApplication();
        return builder;
    }

    /// <summary>Builds and starts a host; without a folder it makes one and deletes it at the end.</summary>
    public static async Task<FunctionsTestHost> StartAsync(
        Type[] functions, Action<FunctionsApplicationBuilder>? configure = null, string? folder = null, params string[] args)
    {
        var own = folder is null;
        folder ??= NewFolder();
        var builder = NewBuilder(folder, args);
        builder.Services.AddSingleton(_ => FunctionCatalog.FromTypes(functions));
        configure?.Invoke(builder);
        var host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return new FunctionsTestHost(host, folder, own);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync(CancellationToken.None);
        Host.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
