using CityBrain.Embedded.Storage;
using Grpc.Core;
using Microsoft.DurableTask.Protobuf;

namespace CityBrain.Embedded.TaskHub;

/// <summary>Sends messages of clients to instances; each method completes when the message is on disk.</summary>
internal sealed class HubMessages(SqliteStore store, TimeProvider clock, HubWrites writes, WorkCounter calls, Action<long, Mail> deliver)
{
    private long Now => clock.GetUtcNow().UtcTicks;

    /// <summary>Raises an event.</summary>
    /// <exception cref="TaskHubException">NotFound, or FailedPrecondition when the instance has ended; so for all of them.</exception>
    public Task RaiseAsync(string id, string name, string? input) => SendAsync(id, HistoryEvents.Raised(Now, name, input), "take events");

    /// <summary>Suspends an instance; its events are kept until it is resumed.</summary>
    public Task SuspendAsync(string id, string? reason) => SendAsync(id, HistoryEvents.Suspended(Now, reason), "be suspended");

    /// <summary>Resumes an instance.</summary>
    public Task ResumeAsync(string id, string? reason) => SendAsync(id, HistoryEvents.Resumed(Now, reason), "be resumed");

    /// <summary>Terminates an instance at its next turn, and with it its sub-orchestrations if asked.</summary>
    public Task TerminateAsync(string id, string? output, bool isRecursive) => SendAsync(id, HistoryEvents.Terminated(Now, output, isRecursive), "be terminated");

    /// <summary>Terminates an instance unless it has ended meanwhile.</summary>
    public async Task TryTerminateAsync(string id)
    {
        try
        {
            await TerminateAsync(id, null, isRecursive: false).ConfigureAwait(false);
        }
        catch (TaskHubException refused) when (refused.Status is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            // It is gone, as wanted.
        }
    }

    private async Task SendAsync(string id, HistoryEvent content, string whatFor)
    {
        var mail = HistoryEvents.ToMail(content, Mail.AnyExecution);
        calls.Enter();
        try
        {
            var (key, sent) = await store.WriteAsync(session =>
            {
                var found = HubReads.Find(session, id) ?? throw TaskHubException.NoInstance(id);
                return (found.Key, writes.Send(session, found.Key, mail)
                    ?? throw new TaskHubException(StatusCode.FailedPrecondition, $"The orchestration '{id}' is {found.Status} and can no longer {whatFor}."));
            }).ConfigureAwait(false);
            deliver(key, sent);
        }
        finally
        {
            calls.Exit();
        }
    }
}
