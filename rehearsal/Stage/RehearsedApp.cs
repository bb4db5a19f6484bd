using CityBrain.Embedded.Functions.Hosting;
using CityBrain.Embedded.Storage;
using CityBrain.Rehearsal.Play;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityBrain.Rehearsal.Stage;

/// <summary>The app of <c>functions/</c> in this process, with a fresh database. The play reaches it from outside; only its clock is in reach.</summary>
internal sealed class RehearsedApp : IAsyncDisposable
{
    private readonly IHost _host;

    private RehearsedApp(IHost host, FileLog log, IConfiguration settings, string path)
    {
        (_host, Log, Path) = (host, log, path);
        var addresses = host.Services.GetRequiredService<IEmbeddedAddresses>();
        Http = addresses.Http;
        ServiceBus = addresses.ServiceBus ?? throw new InvalidOperationException("The app takes no device messages; the queue sensor-events has no listener.");
        Clock = host.Services.GetRequiredService<EmbeddedPlatform>().Clock;
        AnswerDays = settings.GetValue("Feedback:AnswerDays", 14);
        Keys = SampleSettings.KeysOf(settings);
    }

    /// <summary>The city's clock.</summary>
    public EmbeddedClock Clock { get; }

    /// <summary>Base address of the HTTP API.</summary>
    public Uri Http { get; }

    /// <summary>Base address for devices.</summary>
    public Uri ServiceBus { get; }

    /// <summary>What the people of the play hold.</summary>
    public CityKeys Keys { get; }

    /// <summary>Days for which the city waits for a reporter.</summary>
    public int AnswerDays { get; }

    /// <summary>The log of the app.</summary>
    public FileLog Log { get; }

    /// <summary>The database.</summary>
    public string Path { get; }

    /// <summary>Starts the app.</summary>
    /// <param name="path">The database, a new file; the log is written beside it.</param>
    /// <param name="start">First instant of the city's clock, which runs at real speed until the play sets it.</param>
    /// <param name="httpPort">Port of the API; 0 picks a free one.</param>
    /// <param name="serviceBusPort">Port for devices; 0 picks a free one.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<RehearsedApp> StartAsync(string path, DateTimeOffset start, int httpPort, int serviceBusPort, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        var settings = SampleSettings.Read();
        var log = new FileLog(System.IO.Path.ChangeExtension(path, ".log"));
        var builder = FunctionsApplication.CreateBuilder(SampleSettings.ArgumentsOf(settings, path, httpPort, serviceBusPort, start));
        builder.Logging.ClearProviders().AddProvider(log);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<UnhandledErrors>();
        builder.Services.AddCityBrain();
        builder.Services.AddSingleton(FunctionCatalog.FromAssemblies(typeof(Composition).Assembly));
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
            return new RehearsedApp(host, log, settings, path);
        }
        catch
        {
            host.Dispose();
            log.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        Log.Dispose();
    }
}
