using Grpc.Core;

namespace CityBrain.Embedded.TaskHub;

/// <summary>A request that the hub refuses, with the reason for the caller.</summary>
/// <param name="status">How the client's SDK is told; it turns some of these into exceptions of its own.</param>
/// <param name="message">A sentence for the caller.</param>
internal sealed class TaskHubException(StatusCode status, string message) : Exception(message)
{
    /// <summary>How the client's SDK is told.</summary>
    public StatusCode Status => status;

    public static TaskHubException NoInstance(string id) => new(StatusCode.NotFound, $"No orchestration has the instance id '{id}'.");
}
