using CityBrain.Embedded.Companion;
using CityBrain.Embedded.Hosting;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>Starts the app as the official host starts a worker, with a companion in its process.</summary>
/// <param name="dll">The app's assembly.</param>
/// <param name="settings">App settings, environment variables of the app; asked for when it is started.</param>
/// <param name="endpoint">Where this host speaks to workers.</param>
/// <param name="clockBoard">File on which the city's clock is shown.</param>
/// <param name="print">Takes each line that the app prints.</param>
internal sealed class WorkerLauncher(string dll, Func<IReadOnlyDictionary<string, string>> settings, WorkerEndpoint endpoint, string clockBoard, Action<string> print)
{
    /// <summary>What the frameworks under the app say at every request is left in the worker, unless a setting says otherwise.</summary>
    private static readonly Dictionary<string, string> Quiet = HostLogging.Quiet
        .Where(rule => Environment.GetEnvironmentVariable($"Logging__LogLevel__{rule.Category}") is null)
        .ToDictionary(rule => $"Logging__LogLevel__{rule.Category}", rule => $"{rule.Level}");

    /// <summary>Folder of the app, with its host.json.</summary>
    public string AppFolder { get; } = Path.GetDirectoryName(dll)!;

    /// <summary>Starts a worker of an id.</summary>
    /// <exception cref="InvalidOperationException">It could not be started.</exception>
    public WorkerProcess Start(string workerId)
    {
        var request = Guid.NewGuid().ToString();
        string[] arguments =
        [
            "--functions-uri", endpoint.Address.AbsoluteUri,
            "--functions-worker-id", workerId,
            "--functions-request-id", request,
            "--functions-grpc-max-message-length", $"{int.MaxValue}",
        ];
        var companion = typeof(CityClock).Assembly;
        var environment = new Dictionary<string, string>(Quiet)
        {
            ["FUNCTIONS_APPLICATION_DIRECTORY"] = AppFolder,
            ["FUNCTIONS_WORKER_DIRECTORY"] = AppFolder,
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["DOTNET_STARTUP_HOOKS"] = companion.Location,
            ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = companion.GetName().Name!,
            [HostLink.ClockVariable] = clockBoard,
            [HostLink.StartedVariable] = endpoint.StartedAddressOf(workerId).AbsoluteUri,
        };
        foreach (var (name, value) in settings())
        {
            environment[name] = value;
        }

        return WorkerProcess.Start(dll, arguments, environment, print);
    }
}
