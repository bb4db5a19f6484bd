using System.Collections.Concurrent;
using CityBrain.Embedded.Companion;
using CityBrain.Embedded.Storage;
using CityBrain.Embedded.TaskHub;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using P = Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.Tests.TaskHub;

/// <summary>A task hub on a file of its own, served over gRPC to the official client, with a worker in process.</summary>
internal sealed class HubHost : IAsyncDisposable
{
    private static readonly TimeSpan LongestTest = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("hub").FullName;
    private readonly List<IDisposable> _abandoned = [];
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;
    private readonly CancellationTokenSource _bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private int _files;

    private HubHost(WebApplication app, TaskHubOptions options, double clockSpeed)
    {
        (_app, Options, Clock) = (app, options, new CityClock(speed: clockSpeed));
        _bound.CancelAfter(LongestTest);
        Store = SqliteStore.Open(NextFile());
        Hub = NewHub();
        _channel = GrpcChannel.ForAddress(app.GetTestServer().BaseAddress, new GrpcChannelOptions
        {
            HttpHandler = app.GetTestServer().CreateHandler(),
            MaxReceiveMessageSize = null,
        });
        Calls = new P.TaskHubSidecarService.TaskHubSidecarServiceClient(_channel);
        Client = new GrpcDurableTaskClient("test", new GrpcDurableTaskClientOptions { Channel = _channel }, NullLogger.Instance);
    }

    /// <summary>Ends every wait of the test, long before anybody would wonder.</summary>
    public CancellationToken Bound => _bound.Token;

    public TestWorker Worker { get; } = new();

    public CityClock Clock { get; }

    public TaskHubOptions Options { get; set; }

    public SqliteStore Store { get; private set; }

    public DurableTaskHub Hub { get; private set; }

    public DurableTaskClient Client { get; }

    public P.TaskHubSidecarService.TaskHubSidecarServiceClient Calls { get; }

    /// <summary>What the hub has logged.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Makes a host whose hub is not started.</summary>
    public static async Task<HubHost> CreateAsync(Action<IFunctions>? functions = null, TaskHubOptions? options = null, double clockSpeed = 1)
    {
        HubHost? host = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder.Services.AddTransient(_ => new TaskHubService(host!.Hub));
        var app = builder.Build();
        app.MapGrpcService<TaskHubService>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        host = new HubHost(app, options ?? new TaskHubOptions(), clockSpeed);
        functions?.Invoke(host.Worker);
        return host;
    }

    /// <summary>Makes a host whose hub is started.</summary>
    public static async Task<HubHost> StartAsync(Action<IFunctions>? functions = null, TaskHubOptions? options = null, double clockSpeed = 1)
    {
        var host = await CreateAsync(functions, options, clockSpeed);
        host.Hub.Start();
        return host;
    }

    public Task<string> Schedule(string name, object? input = null, string? id = null) =>
        Client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id), Bound);

    public async Task<OrchestrationMetadata> Run(string name, object? input = null, string? id = null) => await Completion(await Schedule(name, input, id));

    public Task<OrchestrationMetadata> Completion(string id) => Client.WaitForInstanceCompletionAsync(id, true, Bound);

    public async Task<OrchestrationMetadata> Get(string id) =>
        await Client.GetInstanceAsync(id, true, Bound) ?? throw new InvalidOperationException($"There is no instance '{id}'.");

    public Task<P.OrchestrationState> State(string id, Func<P.OrchestrationState, bool> isWanted) => Hub.WaitForAsync(id, true, isWanted, Bound);

    /// <summary>Completes when the hub has nothing to do before the next timer or call.</summary>
    public async Task UntilIdle()
    {
        while (!Hub.IsIdle)
        {
            Bound.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Completes when the worker has run so many turns.</summary>
    public Task Turns(int count) => Worker.WhenTurns(count).WaitAsync(Bound);

    /// <summary>Completes when a table has come down to a number of rows.</summary>
    public async Task Waiting(string table, int rows)
    {
        while (CountRows(table) > rows)
        {
            Bound.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public long CountRows(string table) => Store.Read(session => session.QueryFirst($"SELECT count(*) FROM {table}", row => row.GetInt64(0)));

    /// <summary>Closes hub and file without stopping, and goes on with new ones.</summary>
    public void Restart()
    {
        Hub.Dispose();
        var path = NewestFile();
        Store.Dispose();
        Store = SqliteStore.Open(path);
        Hub = NewHub();
        Hub.Start();
    }

    /// <summary>Goes on with a copy of the file as it is on disk at this moment, as after a kill.</summary>
    public void Crash()
    {
        var (from, to) = (NewestFile(), NextFile());
        File.Copy(from, to);
        File.Copy(from + "-wal", to + "-wal");
        _abandoned.Add(Hub);
        _abandoned.Add(Store);
        Store = SqliteStore.Open(to);
        var left = Hub;
        Hub = NewHub();
        left.Dispose();
        Hub.Start();
    }

    public async ValueTask DisposeAsync()
    {
        Hub.Dispose();
        Store.Dispose();
        _abandoned.ForEach(left => left.Dispose());
        _channel.Dispose();
        await Client.DisposeAsync();
        await _app.DisposeAsync();
        Worker.Dispose();
        _bound.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string NewestFile() => Path.Combine(_folder, $"hub{_files}.db");

    private string NextFile()
    {
        _files++;
        return NewestFile();
    }

    private DurableTaskHub NewHub() => new(Store, Clock, Options, Worker, new LogFactory(Log));

    private sealed class LogFactory(ConcurrentQueue<string> log) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue(formatter(state, exception) + exception?.Message);

        public void Dispose()
        {
        }
    }
}
