using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DurableTask.AzureStorage;
using DurableTask.Core;

namespace CityBrain.Benchmarks;

/// <summary>
/// The official Azure Storage engine of durable tasks on Azurite, to compare with: the same orchestration of ten activities, in this process, without a worker beside it.
/// Azurite comes from npm, into the temporary folder.
/// </summary>
internal sealed class AzureStorageEngine : IAsyncDisposable
{
    private const string AzuriteVersion = "3.37.0";
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _azurite;
    private readonly string _folder;
    private TaskHubWorker? _worker;
    private TaskHubClient? _client;

    private AzureStorageEngine(Process azurite, string folder) => (_azurite, _folder) = (azurite, folder);

    /// <summary>Installs and starts Azurite, and the engine on it.</summary>
    /// <exception cref="InvalidOperationException">There is no Node, or npm could not install Azurite.</exception>
    public static async Task<AzureStorageEngine> StartAsync()
    {
        var packages = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"citybrain-bench-azurite-{AzuriteVersion}")).FullName;
        var main = Path.Combine(packages, "node_modules", "azurite", "dist", "src", "azurite.js");
        if (!File.Exists(main))
        {
            await RunAsync("npm", "install", $"azurite@{AzuriteVersion}", "--prefix", packages, "--no-audit", "--no-fund", "--loglevel=error");
        }

        var (folder, ports) = (Directory.CreateTempSubdirectory("citybrain-bench-").FullName, new[] { FreePort(), FreePort(), FreePort() });
        var azurite = Process.Start(new ProcessStartInfo("node",
        [
            main, "--location", folder, "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            "--blobPort", $"{ports[0]}", "--queuePort", $"{ports[1]}", "--tablePort", $"{ports[2]}",
        ]))!;
        var engine = new AzureStorageEngine(azurite, folder);
        await engine.OpenAsync(ports);
        return engine;
    }

    /// <summary>Runs one orchestration of ten activities to its end.</summary>
    public async Task RunOneAsync()
    {
        var instance = await _client!.CreateOrchestrationInstanceAsync(typeof(TenActivities), 0);
        var state = await _client.WaitForOrchestrationAsync(instance, Patience);
        if (state?.OrchestrationStatus is not OrchestrationStatus.Completed)
        {
            throw new InvalidOperationException($"The official engine ended an orchestration as {state?.OrchestrationStatus}.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
        {
            await _worker.StopAsync(isForced: true);
            _worker.Dispose();
        }

        _azurite.Kill(entireProcessTree: true);
        await _azurite.WaitForExitAsync();
        _azurite.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)) ?? throw new InvalidOperationException($"{program} could not be started.");
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task OpenAsync(int[] ports)
    {
        var connection = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{ports[0]}/{Account};QueueEndpoint=http://127.0.0.1:{ports[1]}/{Account};TableEndpoint=http://127.0.0.1:{ports[2]}/{Account};";
        var service = new AzureStorageOrchestrationService(new AzureStorageOrchestrationServiceSettings
        {
            StorageAccountClientProvider = new StorageAccountClientProvider(connection),
            TaskHubName = "Bench",
            PartitionCount = 4,
        });
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await service.CreateIfNotExistsAsync();
                break;
            }
            catch (Exception) when (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(200);
            }
        }

        _worker = new TaskHubWorker(service);
        _worker.AddTaskOrchestrations(typeof(TenActivities)).AddTaskActivities(typeof(AddOne));
        await _worker.StartAsync();
        _client = new TaskHubClient(service);
    }

    private sealed class TenActivities : TaskOrchestration<int, int>
    {
        public override async Task<int> RunTask(OrchestrationContext context, int input)
        {
            for (var i = 0; i < 10; i++)
            {
                input = await context.ScheduleTask<int>(typeof(AddOne), input);
            }

            return input;
        }
    }

    private sealed class AddOne : TaskActivity<int, int>
    {
        protected override int Execute(TaskContext context, int input) => input + 1;
    }
}
