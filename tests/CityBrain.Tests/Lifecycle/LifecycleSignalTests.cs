using CityBrain.Cases;
using CityBrain.Lifecycle;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;

namespace CityBrain.Tests.Lifecycle;

public sealed class LifecycleSignalTests
{
    private readonly FakeDurable _durable = new();

    [Fact]
    public async Task Handle_FiledCase_StartsItsLifeOnce()
    {
        await HandleAsync(Entry(null, SmallTown.Draft(), ActorKind.Staff));
        var started = Assert.Single(_durable.Started);
        Assert.Equal(SmallTown.Draft().Id, started.InstanceId);
        Assert.Contains(nameof(OrchestrationRuntimeStatus.Completed), started.DedupeStatuses!);
        Assert.Contains(nameof(OrchestrationRuntimeStatus.Running), started.DedupeStatuses!);
    }

    [Fact]
    public async Task Handle_FiledCaseDeliveredAgain_IsDone()
    {
        _durable.Start = new OrchestrationAlreadyExistsException("it is there");
        _durable.Instance = new OrchestrationMetadata(nameof(CaseLifecycle), SmallTown.Draft().Id) { RuntimeStatus = OrchestrationRuntimeStatus.Completed };
        await HandleAsync(Entry(null, SmallTown.Draft(), ActorKind.Staff));
    }

    [Fact]
    public async Task Handle_RefusedByAServiceOfAnotherMindButItIsThere_IsDone()
    {
        _durable.Start = new InvalidOperationException("AlreadyExists");
        _durable.Instance = new OrchestrationMetadata(nameof(CaseLifecycle), SmallTown.Draft().Id);
        await HandleAsync(Entry(null, SmallTown.Draft(), ActorKind.Staff));
    }

    [Fact]
    public async Task Handle_StartFailed_IsAFailure()
    {
        _durable.Start = new InvalidOperationException("down");
        await Assert.ThrowsAsync<InvalidOperationException>(() => HandleAsync(Entry(null, SmallTown.Draft(), ActorKind.Staff)));
    }

    [Theory]
    [InlineData(ActorKind.Staff)]
    [InlineData(ActorKind.Reporter)]
    [InlineData(ActorKind.Device)]
    public async Task Handle_ChangeBySomebodyElse_TellsTheVersion(ActorKind kind)
    {
        var accepted = Lives.In(CaseState.Accepted);
        await HandleAsync(Entry(Lives.In(CaseState.Dispatched), accepted, kind));
        Assert.Equal((accepted.Id, accepted.Version), Assert.Single(_durable.Raised));
        Assert.Empty(_durable.Started);
    }

    [Fact]
    public async Task Handle_ChangeByTheLifeItself_TellsNothing()
    {
        await HandleAsync(Entry(Lives.In(CaseState.Triaged), Lives.In(CaseState.Dispatched), ActorKind.Lifecycle));
        Assert.Empty(_durable.Raised);
    }

    [Fact]
    public async Task Handle_ReopenedAfterTheLifeHasEnded_StartsItAgain()
    {
        var reopened = Lives.In(CaseState.Reopened);
        await HandleAsync(Entry(Lives.In(CaseState.Closed), reopened, ActorKind.Reporter));
        Assert.DoesNotContain(nameof(OrchestrationRuntimeStatus.Completed), Assert.Single(_durable.Started).DedupeStatuses!);
        Assert.Contains(nameof(OrchestrationRuntimeStatus.Running), Assert.Single(_durable.Started).DedupeStatuses!);
        Assert.Single(_durable.Raised);
    }

    private Task HandleAsync(OutboxEntry entry) => new LifecycleSignal().HandleAsync(entry, _durable.Client, TestContext.Current.CancellationToken);

    private static OutboxEntry Entry(Case? before, Case after, ActorKind kind) => new(
        before is null ? null : CaseSummary.Of(before),
        CaseSummary.Of(after),
        new HistoryEntry(after.Version, SmallTown.Morning, "x", kind, CaseAction.Note, before?.State ?? CaseState.Filed, after.State, null));
}
