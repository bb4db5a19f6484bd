using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.TestApp;

/// <summary>The durable client by HTTP.</summary>
public static class OrchestrationApi
{
    /// <summary>Starts an orchestration.</summary>
    [Function(nameof(StartOrchestration))]
    public static async Task<IResult> StartOrchestration(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orchestrations/{name}/{id}")] HttpRequest request, string name, string id, [DurableClient] DurableTaskClient client)
    {
        var input = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
        return TypedResults.Text(await client.ScheduleNewOrchestrationInstanceAsync(name, input, new StartOrchestrationOptions(id)));
    }

    /// <summary>Waits for the end of an orchestration and tells its status and output.</summary>
    [Function(nameof(AwaitOrchestration))]
    public static async Task<IResult> AwaitOrchestration(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "orchestrations/{id}/end")] HttpRequest request, string id, [DurableClient] DurableTaskClient client)
    {
        var instance = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, request.HttpContext.RequestAborted);
        return TypedResults.Json(new { status = instance.RuntimeStatus.ToString(), output = instance.SerializedOutput, custom = instance.SerializedCustomStatus, failure = instance.FailureDetails?.ToString() });
    }

    /// <summary>Raises an event.</summary>
    [Function(nameof(RaiseEvent))]
    public static async Task<IResult> RaiseEvent(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "orchestrations/{id}/events/{name}")] HttpRequest request, string id, string name, [DurableClient] DurableTaskClient client)
    {
        await client.RaiseEventAsync(id, name, await JsonSerializer.DeserializeAsync<JsonElement>(request.Body));
        return TypedResults.NoContent();
    }
}
