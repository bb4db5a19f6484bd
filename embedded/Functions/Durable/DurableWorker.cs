using CityBrain.Embedded.Functions.Rpc;
using CityBrain.Embedded.Functions.Worker;
using CityBrain.Embedded.Hosting;
using CityBrain.Embedded.TaskHub;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.Functions.Durable;

/// <summary>Runs orchestrators and activities on the worker, in the form of the official durable extension: protobuf in base64 for a turn, JSON for an activity.</summary>
internal sealed class DurableWorker(WorkerPool pool) : ITaskHubWorker
{
    private const string OrchestrationTrigger = "orchestrationTrigger";
    private const string ActivityTrigger = "activityTrigger";

    /// <inheritdoc/>
    public bool HasOrchestrator(string name) => Find(name, OrchestrationTrigger) is not null;

    /// <inheritdoc/>
    public bool HasActivity(string name) => Find(name, ActivityTrigger) is not null;

    /// <inheritdoc/>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => pool.ReadyAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<OrchestratorResponse> RunTurnAsync(string orchestrator, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        var function = Find(orchestrator, OrchestrationTrigger) ?? throw new WorkerLostException($"The app has no orchestrator '{orchestrator}' any more.");
        var invocation = new InvocationRequest { InputData = { new ParameterBinding { Name = function.Trigger.Name, Data = new() { String = Convert.ToBase64String(request.Span) } } } };
        var answer = await InvokeAsync(function, invocation, cancellationToken).ConfigureAwait(false);
        return OrchestratorResponse.Parser.ParseFrom(Convert.FromBase64String(answer.ReturnValue?.String ?? ""));
    }

    /// <inheritdoc/>
    public async Task<ActivityResult> RunActivityAsync(string activity, string instanceId, string? input, CancellationToken cancellationToken)
    {
        var function = Find(activity, ActivityTrigger) ?? throw new WorkerLostException($"The app has no activity '{activity}' any more.");
        var invocation = new InvocationRequest { TriggerMetadata = { ["instanceId"] = new TypedData { String = instanceId } } };
        invocation.InputData.Add(new ParameterBinding { Name = function.Trigger.Name, Data = input is null ? new() : new() { Json = input } });
        var answer = await InvokeAsync(function, invocation, cancellationToken).ConfigureAwait(false);
        return answer.ReturnValue?.DataCase switch
        {
            TypedData.DataOneofCase.String => ActivityResult.FromText(answer.ReturnValue.String),
            TypedData.DataOneofCase.Json => new ActivityResult(answer.ReturnValue.Json),
            TypedData.DataOneofCase.Bytes => ActivityResult.FromBytes(answer.ReturnValue.Bytes.Span),
            _ => ActivityResult.None,
        };
    }

    private async Task<InvocationResponse> InvokeAsync(WorkerFunction function, InvocationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await pool.InvokeAsync(function.Id, request, cancellationToken).ConfigureAwait(false);
        }
        catch (FunctionFailedException failure)
        {
            throw new InvocationFailedException(failure.WorkerMessage, failure.ExceptionType, failure.WorkerStackTrace);
        }
    }

    private WorkerFunction? Find(string name, string trigger) => pool.Known?.FindByName(name) is { } function && function.Trigger.Is(trigger) ? function : null;
}
