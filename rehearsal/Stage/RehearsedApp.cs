using CityBrain.Embedded;
using CityBrain.Embedded.Companion;
using CityBrain.Rehearsal.Play;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CityBrain.Rehearsal.Stage;

/// <summary>The app on the embedded host in this process, with a fresh database. The play reaches it from outside; only its clock is in reach.</summary>
internal sealed class RehearsedApp : IAsyncDisposable
{
    private readonly EmbeddedHost _host;

    private RehearsedApp(EmbeddedHost host, FileLog log, IConfiguration settings, string path)
    {
        (_host, Log, Path) = (host, log, path);
        AnswerDays = settings.GetValue("Feedback:AnswerDays", 14);
        Keys = SampleSettings.KeysOf(settings);
    }

    /// <summary>The city's clock.</summary>
    public CityClock Clock => _host.Clock;

    /// <summary>Base address of the HTTP API.</summary>
    public Uri Http => _host.Http;

    /// <summary>Base address for devices.</summary>
    public Uri Devices => _host.Devices;

    /// <summary>The connection string of the queues.</summary>
    public string ServiceBusConnection => _host.ServiceBusConnection;

    /// <summary>The connection string of the tables.</summary>
    public string TableStorage => _host.TableStorage;

    /// <summary>What the people of the play hold.</summary>
    public CityKeys Keys { get; }

    /// <summary>Days for which the city waits for a reporter.</summary>
    public int AnswerDays { get; }

    /// <summary>The log of host and app.</summary>
    public FileLog Log { get; }

    /// <summary>The database.</summary>
    public string Path { get; }

    /// <summary>Starts the app.</summary>
    /// <param name="path">The database, a new file; the log is written beside it.</param>
    /// <param name="start">First instant of the city's clock, which runs at real speed until the play sets it.</param>
    /// <param name="httpPort">Port of the API; 0 picks a free one.</param>
    /// <param name="devicesPort">Port for devices; 0 picks a free one.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<RehearsedApp> StartAsync(string path, DateTimeOffset start, int httpPort, int devicesPort, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        var settings = SampleSettings.Read();
        var log = new FileLog(System.IO.Path.ChangeExtension(path, ".log"));
        try
        {
            var host = await EmbeddedHost.StartAsync(SampleSettings.ArgumentsOf(settings, path, httpPort, devicesPort, start), logging => logging.AddProvider(log), cancellationToken);
            return new RehearsedApp(host, log, settings, path);
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Log.Dispose();
    }
}
