using System.Security.Cryptography;
using CityBrain.Rehearsal.Play;
using Microsoft.Extensions.Configuration;

namespace CityBrain.Rehearsal.Stage;

/// <summary>Host and app as processes of their own, which can be killed and started again on the same store and port.</summary>
internal sealed class KillableApp : IAsyncDisposable
{
    private readonly IConfiguration _settings;
    private readonly string[] _more;
    private readonly StreamWriter _log;
    private HostProcess? _process;

    private KillableApp(string path, string[] more)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        var (port, key) = (FreePort.Any(), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        (Path, _settings) = (System.IO.Path.GetFullPath(path), SampleSettings.Read());
        _more = [$"--Embedded:TablesPort={port}", $"--Embedded:TablesKey={key}", .. more];
        TableStorage = $"DefaultEndpointsProtocol=http;AccountName=citybrain;AccountKey={key};TableEndpoint=http://127.0.0.1:{port}/citybrain;";
        Log = System.IO.Path.ChangeExtension(Path, ".log");
        _log = new StreamWriter(Log) { AutoFlush = true };
        Keys = SampleSettings.KeysOf(_settings);
    }

    /// <summary>The database.</summary>
    public string Path { get; }

    /// <summary>What the app printed, over all its starts.</summary>
    public string Log { get; }

    /// <summary>What the people of the play hold.</summary>
    public CityKeys Keys { get; }

    /// <summary>True from when it listens until it is killed.</summary>
    public bool IsUp { get; private set; }

    /// <summary>Base address of the HTTP API: the same after every start.</summary>
    public Uri Http { get; private set; } = new("http://localhost:0");

    /// <summary>The connection string of the tables, which lead somewhere while the app is up.</summary>
    public string TableStorage { get; }

    /// <summary>Starts the app for the first time, on free ports.</summary>
    /// <param name="path">The database, a new file; the log is written beside it.</param>
    /// <param name="start">First instant of the city's clock; null for that of the machine.</param>
    /// <param name="more">Further settings, as on a command line.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<KillableApp> StartAsync(string path, DateTimeOffset? start, string[] more, CancellationToken cancellationToken)
    {
        var app = new KillableApp(path, more);
        try
        {
            await app.RunAsync(start, cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the app again on what it left.</summary>
    public Task StartAgainAsync(CancellationToken cancellationToken) => RunAsync(null, cancellationToken);

    /// <summary>The end without warning: SIGKILL.</summary>
    public async Task KillAsync()
    {
        IsUp = false;
        await (_process?.KillAsync() ?? Task.CompletedTask);
    }

    /// <summary>The orderly end, after which the store holds all of what was under way.</summary>
    public async Task StopAsync()
    {
        IsUp = false;
        await (_process?.StopAsync() ?? Task.CompletedTask);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        IsUp = false;
        await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _log.DisposeAsync();
    }

    private async Task RunAsync(DateTimeOffset? start, CancellationToken cancellationToken)
    {
        await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
        _process = await HostProcess.StartAsync([.. SampleSettings.ArgumentsOf(_settings, Path, Http.Port, 0, start), .. _more], _log.WriteLine, cancellationToken);
        Http = _process.Http;
        IsUp = true;
    }
}
