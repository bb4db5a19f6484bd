using CityBrain.Embedded.Storage;
using Grpc.Core;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Starts instances for clients.</summary>
internal sealed class InstanceStarts(
    SqliteStore store,
    TimeProvider clock,
    HubWrites writes,
    TaskHubOptions options,
    InstanceWaiters waiters,
    HubMessages messages,
    WorkCounter calls,
    Action<InstanceRow, long?> onCreated)
{
    // Ids that begin with it are those of entities.
    private const char EntityMark = '@';

    /// <summary>Starts an instance, in place of one of the same id as far as the policy allows, and returns its id once it is on disk.</summary>
    /// <exception cref="TaskHubException">AlreadyExists, or InvalidArgument.</exception>
    public async Task<string> StartAsync(CreateInstanceRequest request, CancellationToken cancellationToken)
    {
        if (request.Name.Length == 0)
            throw new TaskHubException(StatusCode.InvalidArgument, "The name of the orchestrator must not be empty.");
        if (request.InstanceId.StartsWith(EntityMark))
            throw new TaskHubException(StatusCode.InvalidArgument, $"The instance id '{request.InstanceId}' begins with {EntityMark}, which marks entities.");
        var id = request.InstanceId.Length > 0 ? request.InstanceId : Guid.NewGuid().ToString("N");
        var started = new ExecutionStartedEvent
        {
            Name = request.Name,
            Version = request.Version,
            Input = request.Input,
            ScheduledStartTimestamp = request.ScheduledStartTimestamp,
            ParentTraceContext = request.ParentTraceContext,
            Tags = { request.Tags },
        };
        await CreateAsync(id, started, ReusePolicy.Refusing(request.OrchestrationIdReusePolicy, options.MayReplaceRunningInstances), cancellationToken).ConfigureAwait(false);
        return id;
    }

    /// <summary>Starts an instance with the orchestrator and input of another one, and returns its id.</summary>
    /// <param name="id">The other instance.</param>
    /// <param name="hasNewId">Whether the new one gets an id of its own; otherwise it replaces the other, which must have ended.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <exception cref="TaskHubException">NotFound, or FailedPrecondition.</exception>
    public async Task<string> RestartAsync(string id, bool hasNewId, CancellationToken cancellationToken)
    {
        var (bytes, status) = store.Read(session => session.QueryFirst<(byte[]?, OrchestrationStatus)>(
            "SELECT started, status FROM hub_instance WHERE id = ?1", row => (row.GetFieldValue<byte[]>(0), (OrchestrationStatus)row.GetInt32(1)), id));
        if (bytes is null)
            throw TaskHubException.NoInstance(id);
        if (!hasNewId && !InstanceStatus.IsEnded(status))
            throw new TaskHubException(StatusCode.FailedPrecondition, $"The orchestration '{id}' is {status}; only one that has ended can be restarted under its own id.");
        var started = EventFrames.ParseStart(bytes);
        (started.ParentInstance, started.ScheduledStartTimestamp) = (null, null);
        var newId = hasNewId ? Guid.NewGuid().ToString("N") : id;
        await CreateAsync(newId, started, ReusePolicy.Refusing(null, mayReplaceLive: false), cancellationToken).ConfigureAwait(false);
        return newId;
    }

    private async Task CreateAsync(string id, ExecutionStartedEvent started, HashSet<OrchestrationStatus> refusing, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryCreateAsync(NewInstance.From(id, started, clock.GetUtcNow().UtcTicks), refusing).ConfigureAwait(false))
                return;
            await messages.TryTerminateAsync(id).ConfigureAwait(false);
            await waiters.WaitAsync(id, () => store.Read(session => HubReads.Find(session, id)) is { } found && !InstanceStatus.IsEnded(found.Status) ? null : id, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<bool> TryCreateAsync(NewInstance instance, HashSet<OrchestrationStatus> refusing)
    {
        calls.Enter();
        try
        {
            if (await store.WriteAsync(session => TryCreate(session, instance, refusing)).ConfigureAwait(false) is not { } created)
                return false;
            onCreated(created, instance.StartAt);
            return true;
        }
        finally
        {
            calls.Exit();
        }
    }

    /// <summary>Creates the instance; null when a live one must be terminated first.</summary>
    private InstanceRow? TryCreate(SqliteSession session, NewInstance instance, HashSet<OrchestrationStatus> refusing)
    {
        if (writes.TryCreate(session, instance) is { } created)
            return created;
        if (HubReads.Find(session, instance.Id) is { } existing && refusing.Contains(existing.Status))
            throw new TaskHubException(StatusCode.AlreadyExists, $"An orchestration with the instance id '{instance.Id}' exists already and is {existing.Status}.");
        return writes.CreateOrReplace(session, instance, out _);
    }
}
