using System.Text.Json;
using Microsoft.DurableTask;

namespace CityBrain.Embedded.Durable;

/// <summary>Failure details as text and back, and the engine's own failures.</summary>
internal static class Failures
{
    /// <summary>Error type of a call to an activity that no function implements; not worth a retry.</summary>
    public const string ActivityNotFound = "ActivityNotFound";

    /// <summary>Error type of an orchestration that no function implements.</summary>
    public const string OrchestratorNotFound = "OrchestratorNotFound";

    public static string Serialize(TaskFailureDetails details) => JsonSerializer.Serialize(details);

    public static string Serialize(Exception exception) => Serialize(TaskFailureDetails.FromException(exception));

    public static string Serialize(string type, string message) => Serialize(new TaskFailureDetails(type, message, null, null, null));

    public static TaskFailureDetails Deserialize(string? text) =>
        text is null ? new TaskFailureDetails("Unknown", "Unknown", null, null, null) : JsonSerializer.Deserialize<TaskFailureDetails>(text)!;

    public static string Terminated(string instanceId) =>
        Serialize("Terminated", $"The sub-orchestration '{instanceId}' was terminated.");
}
