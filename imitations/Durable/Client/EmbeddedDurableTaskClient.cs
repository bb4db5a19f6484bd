using System.Text.Json;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Embedded.Durable;

/// <summary>The client of the engine. A call that changes something completes once that is on disk.</summary>
internal sealed class EmbeddedDurableTaskClient(DurableEngine engine) : DurableTaskClient("embedded")
{
    /// <inheritdoc/>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        cancellation.ThrowIfCancellationRequested();
        var refusing = Deduplication.Refusing(options?.DedupeStatuses);
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        var serialized = engine.Converter.Serialize(input);
        var tags = options?.Tags is { Count: > 0 } given ? JsonSerializer.Serialize(given) : null;
        while (true)
        {
            var now = engine.Clock.GetUtcNow().UtcTicks;
            var startAt = options?.StartAt is { } at && at.UtcTicks > now ? at.UtcTicks : (long?)null;
            var instance = new NewInstance(id, orchestratorName.Name, serialized, now, startAt, tags, null);
            if (await engine.Store.WriteAsync(session => Deduplication.TryCreate(session, instance, refusing)).ConfigureAwait(false) is { } created)
            {
                engine.Begin(created, startAt);
                return id;
            }

            // An instance that runs is to be replaced: it ends first.
            await TerminateInstanceAsync(id, new TerminateInstanceOptions(), cancellation).ConfigureAwait(false);
            await WaitForInstanceCompletionAsync(id, false, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return SendAsync(instanceId, new HistoryEvent(EventKind.EventRaised, Name: eventName, Data: engine.Converter.Serialize(eventPayload)), cancellation);
    }

    /// <inheritdoc/>
    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var kind = options?.Recursive == true ? EventKind.TerminatedWithChildren : EventKind.Terminated;
        return SendAsync(instanceId, new HistoryEvent(kind, Data: engine.Converter.Serialize(options?.Output)), cancellation);
    }

    /// <inheritdoc/>
    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new HistoryEvent(EventKind.Suspended, Data: reason), cancellation);

    /// <inheritdoc/>
    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new HistoryEvent(EventKind.Resumed, Data: reason), cancellation);

    /// <inheritdoc/>
    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, found => found.RuntimeStatus != OrchestrationRuntimeStatus.Pending, cancellation);

    /// <inheritdoc/>
    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, getInputsAndOutputs, found => found.IsCompleted, cancellation);

    /// <inheritdoc/>
    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Read(instanceId, getInputsAndOutputs));
    }

    /// <inheritdoc/>
    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new OrchestrationQuery();
        return Pageable.Create<OrchestrationMetadata>((token, size, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Task.FromResult(engine.Store.Read(session => InstanceQueries.Page(session, query, token ?? query.ContinuationToken, size ?? query.PageSize, engine.Converter)));
        });
    }

    /// <inheritdoc/>
    public override Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return engine.Store.WriteAsync(session => new PurgeResult(Purge.One(session, instanceId, options?.Recursive == true), true));
    }

    /// <inheritdoc/>
    public override async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Timeout <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(filter), filter.Timeout, "The timeout must be positive.");
        var begin = TimeProvider.System.GetTimestamp();
        var (purged, after) = (0, (long?)0L);
        while (after is { } from)
        {
            cancellation.ThrowIfCancellationRequested();
            if (filter.Timeout is { } limit && TimeProvider.System.GetElapsedTime(begin) >= limit)
                return new PurgeResult(purged, false);
            var keys = engine.Store.Read(session => InstanceQueries.Ended(session, filter, from));
            if (keys.Count > 0)
                purged += await engine.Store.WriteAsync(session => Purge.Many(session, keys, options?.Recursive == true)).ConfigureAwait(false);
            after = keys.Count > 0 ? keys[^1] : null;
        }

        return new PurgeResult(purged, true);
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task SendAsync(string instanceId, HistoryEvent content, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        if (await engine.Store.WriteAsync(session => engine.Writes.SendTo(session, instanceId, content)).ConfigureAwait(false) is { } sent)
            engine.Deliver(sent.Key, sent.Mail);
    }

    private OrchestrationMetadata? Read(string instanceId, bool getInputsAndOutputs) =>
        engine.Store.Read(session => InstanceQueries.One(session, instanceId, getInputsAndOutputs ? engine.Converter : null));

    /// <summary>Waits; an instance that does not exist gives null, as officially, although the type does not say so.</summary>
    private async Task<OrchestrationMetadata> WaitAsync(string instanceId, bool getInputsAndOutputs, Func<OrchestrationMetadata, bool> isReached, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        while (true)
        {
            var change = engine.Waiters.NextChange(instanceId);
            var found = Read(instanceId, getInputsAndOutputs);
            if (found is null || isReached(found))
            {
                engine.Waiters.Changed(instanceId);
                return found!;
            }

            await change.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }
}
