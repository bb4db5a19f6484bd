using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>The hub for the official client: a request is checked, handed on and answered. The calls of workers that fetch work are not served.</summary>
internal sealed class TaskHubService(DurableTaskHub hub) : TaskHubSidecarService.TaskHubSidecarServiceBase
{
    private const string HubHeader = "durable-taskhub";
    private const int EventsInChunk = 256;

    public override Task<Empty> Hello(Empty request, ServerCallContext context) => Answer(context, new Empty());

    public override Task<CreateTaskHubResponse> CreateTaskHub(CreateTaskHubRequest request, ServerCallContext context) =>
        request.RecreateIfExists ? Refuse<CreateTaskHubResponse>("Emptying a task hub") : Answer(context, new CreateTaskHubResponse());

    public override Task<DeleteTaskHubResponse> DeleteTaskHub(DeleteTaskHubRequest request, ServerCallContext context) =>
        Refuse<DeleteTaskHubResponse>("Deleting a task hub");

    public override Task<CreateInstanceResponse> StartInstance(CreateInstanceRequest request, ServerCallContext context) => Answer(context, async () =>
        new CreateInstanceResponse { InstanceId = await hub.Starts.StartAsync(request, context.CancellationToken).ConfigureAwait(false) });

    public override Task<RestartInstanceResponse> RestartInstance(RestartInstanceRequest request, ServerCallContext context) => Answer(context, async () =>
        new RestartInstanceResponse { InstanceId = await hub.Starts.RestartAsync(request.InstanceId, request.RestartWithNewInstanceId, context.CancellationToken).ConfigureAwait(false) });

    public override Task<GetInstanceResponse> GetInstance(GetInstanceRequest request, ServerCallContext context) => Answer(context, () =>
        Task.FromResult(ToResponse(hub.Find(request.InstanceId, request.GetInputsAndOutputs))));

    public override Task<GetInstanceResponse> WaitForInstanceStart(GetInstanceRequest request, ServerCallContext context) => Answer(context, async () =>
        ToResponse(await hub.WaitForAsync(request.InstanceId, request.GetInputsAndOutputs, HasStarted, context.CancellationToken).ConfigureAwait(false)));

    public override Task<GetInstanceResponse> WaitForInstanceCompletion(GetInstanceRequest request, ServerCallContext context) => Answer(context, async () =>
        ToResponse(await hub.WaitForAsync(request.InstanceId, request.GetInputsAndOutputs, HasEnded, context.CancellationToken).ConfigureAwait(false)));

    public override Task<RaiseEventResponse> RaiseEvent(RaiseEventRequest request, ServerCallContext context) =>
        Answer(context, () => hub.Messages.RaiseAsync(request.InstanceId, request.Name, request.Input), new RaiseEventResponse());

    public override Task<TerminateResponse> TerminateInstance(TerminateRequest request, ServerCallContext context) =>
        Answer(context, () => hub.Messages.TerminateAsync(request.InstanceId, request.Output, request.Recursive), new TerminateResponse());

    public override Task<SuspendResponse> SuspendInstance(SuspendRequest request, ServerCallContext context) =>
        Answer(context, () => hub.Messages.SuspendAsync(request.InstanceId, request.Reason), new SuspendResponse());

    public override Task<ResumeResponse> ResumeInstance(ResumeRequest request, ServerCallContext context) =>
        Answer(context, () => hub.Messages.ResumeAsync(request.InstanceId, request.Reason), new ResumeResponse());

    public override Task<QueryInstancesResponse> QueryInstances(QueryInstancesRequest request, ServerCallContext context) => Answer(context, () =>
    {
        var isOther = request.Query.TaskHubNames.Count > 0 && !request.Query.TaskHubNames.Contains(hub.Options.HubName, StringComparer.OrdinalIgnoreCase);
        var (found, token) = isOther ? ([], null) : hub.Query(request.Query);
        return Task.FromResult(new QueryInstancesResponse { OrchestrationState = { found }, ContinuationToken = token });
    });

    public override Task<ListInstanceIdsResponse> ListInstanceIds(ListInstanceIdsRequest request, ServerCallContext context) => Answer(context, () =>
    {
        var (ids, token) = hub.EndedIds(request);
        return Task.FromResult(new ListInstanceIdsResponse { InstanceIds = { ids }, LastInstanceKey = token });
    });

    public override Task<PurgeInstancesResponse> PurgeInstances(PurgeInstancesRequest request, ServerCallContext context) => Answer(context, async () =>
    {
        var (removed, isComplete) = request.RequestCase switch
        {
            PurgeInstancesRequest.RequestOneofCase.InstanceId => (await hub.Purge.OneAsync(request.InstanceId, request.Recursive).ConfigureAwait(false), true),
            PurgeInstancesRequest.RequestOneofCase.InstanceBatch => (await hub.Purge.BatchAsync(request.InstanceBatch.InstanceIds, request.Recursive).ConfigureAwait(false), true),
            PurgeInstancesRequest.RequestOneofCase.PurgeInstanceFilter => await hub.Purge.FilteredAsync(request.PurgeInstanceFilter, request.Recursive).ConfigureAwait(false),
            _ => throw new TaskHubException(StatusCode.InvalidArgument, "The request names neither instances nor a filter."),
        };
        return new PurgeInstancesResponse { DeletedInstanceCount = removed, IsComplete = isComplete };
    });

    public override async Task StreamInstanceHistory(StreamInstanceHistoryRequest request, IServerStreamWriter<HistoryChunk> responseStream, ServerCallContext context)
    {
        var history = await Answer(context, () => Task.FromResult(hub.History(request.InstanceId) ?? throw TaskHubException.NoInstance(request.InstanceId))).ConfigureAwait(false);
        foreach (var chunk in history.Chunk(EventsInChunk))
        {
            await responseStream.WriteAsync(new HistoryChunk { Events = { chunk } }, context.CancellationToken).ConfigureAwait(false);
        }
    }

    public override Task<RewindInstanceResponse> RewindInstance(RewindInstanceRequest request, ServerCallContext context) => Refuse<RewindInstanceResponse>("Rewinding an orchestration");

    public override Task<SignalEntityResponse> SignalEntity(SignalEntityRequest request, ServerCallContext context) => Refuse<SignalEntityResponse>("Signalling an entity");

    public override Task<GetEntityResponse> GetEntity(GetEntityRequest request, ServerCallContext context) => Refuse<GetEntityResponse>("Reading an entity");

    public override Task<QueryEntitiesResponse> QueryEntities(QueryEntitiesRequest request, ServerCallContext context) => Refuse<QueryEntitiesResponse>("Querying entities");

    public override Task<CleanEntityStorageResponse> CleanEntityStorage(CleanEntityStorageRequest request, ServerCallContext context) =>
        Refuse<CleanEntityStorageResponse>("Cleaning the storage of entities");

    private static bool HasStarted(OrchestrationState state) => state.OrchestrationStatus != OrchestrationStatus.Pending;

    private static bool HasEnded(OrchestrationState state) => InstanceStatus.IsEnded(state.OrchestrationStatus);

    private static GetInstanceResponse ToResponse(OrchestrationState? state) => new() { Exists = state is not null, OrchestrationState = state };

    private static Task<T> Refuse<T>(string what) => throw new RpcException(new Status(StatusCode.Unimplemented, $"{what} is not supported by this task hub."));

    private Task<T> Answer<T>(ServerCallContext context, Func<Task> act, T answer) => Answer(context, async () =>
    {
        await act().ConfigureAwait(false);
        return answer;
    });

    private Task<T> Answer<T>(ServerCallContext context, T answer) => Answer(context, () => Task.FromResult(answer));

    private async Task<T> Answer<T>(ServerCallContext context, Func<Task<T>> answer)
    {
        if (context.RequestHeaders.GetValue(HubHeader) is { } named && !named.Equals(hub.Options.HubName, StringComparison.OrdinalIgnoreCase))
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"The request is for the task hub '{named}'; this one is '{hub.Options.HubName}'."));
        try
        {
            return await answer().ConfigureAwait(false);
        }
        catch (TaskHubException refused)
        {
            throw new RpcException(new Status(refused.Status, refused.Message));
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Cancelled, "The caller went away."));
        }
        catch (Exception closed) when (closed is ObjectDisposedException or OperationCanceledException)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The task hub is closed."));
        }
    }
}
