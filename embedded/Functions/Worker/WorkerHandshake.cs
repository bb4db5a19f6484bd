using CityBrain.Embedded.Functions.Rpc;
using CityBrain.Embedded.Hosting;

namespace CityBrain.Embedded.Functions.Worker;

/// <summary>What comes before the first invocation: host and worker introduce themselves, and every function is loaded.</summary>
internal static class WorkerHandshake
{
    // The .NET worker only passes it on; the number is that of no official host.
    private const string HostVersion = "4.0.0-embedded";

    /// <summary>Goes through the handshake.</summary>
    /// <returns>The functions, and the base address of the worker's own web server, if the app has one.</returns>
    /// <exception cref="InvalidOperationException">The worker says that something is wrong.</exception>
    /// <exception cref="WorkerLostException">The worker ended first.</exception>
    public static async Task<(IReadOnlyList<WorkerFunction> Functions, Uri? Http)> RunAsync(WorkerChannel worker, string appFolder, CancellationToken cancellationToken)
    {
        await worker.Connected.WaitAsync(cancellationToken).ConfigureAwait(false);
        var hello = new StreamingMessage { WorkerInitRequest = new() { HostVersion = HostVersion, WorkerDirectory = appFolder, FunctionAppDirectory = appFolder } };
        var ready = (await worker.AskAsync(hello, StreamingMessage.ContentOneofCase.WorkerInitResponse, cancellationToken).ConfigureAwait(false)).WorkerInitResponse;
        Check(ready.Result, "could not be initialised");
        var question = new StreamingMessage { FunctionsMetadataRequest = new() { FunctionAppDirectory = appFolder } };
        var indexed = (await worker.AskAsync(question, StreamingMessage.ContentOneofCase.FunctionMetadataResponse, cancellationToken).ConfigureAwait(false)).FunctionMetadataResponse;
        Check(indexed.Result, "could not list its functions");
        WorkerFunction[] functions = [.. indexed.FunctionMetadataResults.Select(WorkerFunction.From)];
        await Task.WhenAll(functions.Select(async function => Check(await worker.LoadAsync(function, cancellationToken).ConfigureAwait(false), $"could not load the function '{function.Name}'")))
            .ConfigureAwait(false);
        return (functions, ready.Capabilities.TryGetValue("HttpUri", out var http) ? new Uri(http) : null);
    }

    private static void Check(StatusResult result, string what)
    {
        if (result.Status != StatusResult.Types.Status.Success)
        {
            throw new InvalidOperationException($"The app {what}: {result.Exception?.Message ?? result.Result}");
        }
    }
}
