using System.Text.Json;
using CityBrain.Embedded.Functions.Rpc;
using CityBrain.Embedded.Functions.Worker;

namespace CityBrain.Embedded.Functions.Durable;

/// <summary>Tells a function with a <c>DurableClient</c> parameter how to reach the task hub. The names are compared with case by the official extension, and its time-out is JSON within a text.</summary>
internal sealed class DurableClientBinding(WorkerEndpoint endpoint, string hubName)
{
    private const int LargestMessageBytes = int.MaxValue;
    private const string ClientTimeout = "\"00:01:40\"";

    /// <summary>What the function is given besides its trigger's data.</summary>
    public IReadOnlyList<ParameterBinding> Of(WorkerFunction function) =>
        [.. function.Bindings.Where(binding => binding.Is("durableClient")).Select(binding => new ParameterBinding { Name = binding.Name, Data = new() { String = Reach(binding) } })];

    private string Reach(WorkerBinding binding) => JsonSerializer.Serialize(new
    {
        taskHubName = binding.Text("taskHub") is { Length: > 0 } named ? named : hubName,
        connectionName = binding.Text("connectionName") ?? "",
        rpcBaseUrl = endpoint.Address.AbsoluteUri,
        requiredQueryStringParameters = "",
        httpBaseUrl = "",
        maxGrpcMessageSizeInBytes = LargestMessageBytes,
        grpcHttpClientTimeout = ClientTimeout,
    });
}
