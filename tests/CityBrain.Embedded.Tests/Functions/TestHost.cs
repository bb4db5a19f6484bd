using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace CityBrain.Embedded.Tests.Functions;

/// <summary>The host with the test app as its worker, on a folder of its own and free ports.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly bool _ownsFolder;

    private TestHost(EmbeddedHost host, TestFolder folder, bool ownsFolder, TestLog log)
    {
        (Host, Folder, _ownsFolder, Log) = (host, folder, ownsFolder, log);
        Client = new HttpClient { BaseAddress = host.Http, Timeout = Patience };
    }

    /// <summary>Path of the test app.</summary>
    public static string AppPath { get; } =
        Path.GetFullPath(typeof(TestHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(metadata => metadata.Key == "TestApp").Value!);

    public EmbeddedHost Host { get; }

    public TestFolder Folder { get; }

    public TestLog Log { get; }

    public HttpClient Client { get; }

    /// <summary>Settings of a host on a folder.</summary>
    public static string[] SettingsOf(TestFolder folder, params string[] settings) =>
    [
        $"--contentRoot={folder.Path}", $"--Embedded:App={AppPath}", $"--Embedded:Path={folder.Store}", "--Embedded:HttpPort=0", "--Embedded:ServiceBusPort=0", "--Embedded:AmqpPort=0",
        "--Embedded:TablesPort=0", "--Embedded:ShutdownSeconds=5", $"--Marks={folder.Marks}", "--Schedule=0 0 0 1 1 *",
        "--Embedded:Queues:single:MaxDeliveryCount=3", "--Embedded:Queues:batch:MaxDeliveryCount=3", "--Embedded:Queues:ordered:RequiresSession=true", .. settings,
    ];

    public static async Task<TestHost> StartAsync(params string[] settings) => await StartAsync(new TestFolder(), ownsFolder: true, settings);

    /// <summary>A host on the folder of an earlier one.</summary>
    public static Task<TestHost> StartOnAsync(TestFolder folder, params string[] settings) => StartAsync(folder, ownsFolder: false, settings);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Client.Dispose();
        if (_ownsFolder)
        {
            Folder.Dispose();
        }
    }

    private static async Task<TestHost> StartAsync(TestFolder folder, bool ownsFolder, string[] settings)
    {
        var log = new TestLog();
        var host = await EmbeddedHost.StartAsync(SettingsOf(folder, settings), logging => logging.AddProvider(log), TestContext.Current.CancellationToken);
        return new TestHost(host, folder, ownsFolder, log);
    }
}

/// <summary>A folder that is gone when the test is over.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder() => File.WriteAllText(System.IO.Path.Combine(Path, "local.settings.json"), "{}");

    public string Path { get; } = Directory.CreateTempSubdirectory("citybrain-host-").FullName;

    public string Store => System.IO.Path.Combine(Path, "city.db");

    public string Marks => System.IO.Path.Combine(Path, "marks");

    /// <summary>What the app has written so far.</summary>
    public string[] ReadMarks() => File.Exists(Marks) ? File.ReadAllLines(Marks) : [];

    /// <summary>Waits for a line that the app writes.</summary>
    public async Task<string> MarkAsync(string beginning, int count = 1)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            string[] found = [.. ReadMarks().Where(line => line.StartsWith(beginning, StringComparison.Ordinal))];
            if (found.Length >= count)
            {
                return found[count - 1];
            }

            await Task.Delay(10, patience.Token);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Keeps what is logged.</summary>
internal sealed class TestLog : ILoggerProvider
{
    public ConcurrentQueue<(LogLevel Level, string Category, string Text)> Entries { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(TestLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Entries.Enqueue((logLevel, category, $"{formatter(state, exception)}{exception}"));
    }
}
