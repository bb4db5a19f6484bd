using Microsoft.DurableTask.Protobuf;
using EventKind = Microsoft.DurableTask.Protobuf.HistoryEvent.EventTypeOneofCase;

namespace CityBrain.Embedded.TaskHub;

/// <summary>What a turn makes of an instance's row, apart from its end.</summary>
internal static class TurnState
{
    /// <summary>The row after a turn that ran: suspended or running, as the last message of that kind said.</summary>
    public static InstanceRow After(TurnCommit turn, string? customStatus)
    {
        var row = turn.Row;
        var status = row.Status == OrchestrationStatus.Suspended ? OrchestrationStatus.Suspended : OrchestrationStatus.Running;
        foreach (var mail in turn.Consumed)
        {
            if (mail.Kind == EventKind.ExecutionSuspended)
                status = OrchestrationStatus.Suspended;
            else if (mail.Kind == EventKind.ExecutionResumed)
                status = OrchestrationStatus.Running;
        }

        // The custom status outlives continue-as-new until the new execution sets one.
        customStatus ??= row.Execution > 0 ? row.CustomStatus : null;
        return status == row.Status && !row.NeedsStart && row.Started is null && customStatus == row.CustomStatus
            ? row
            : row with { Status = status, NeedsStart = false, Started = null, CustomStatus = customStatus };
    }

    /// <summary>What the sub-orchestrations of a terminated instance are sent; null when they are left alone.</summary>
    public static Mail? ForChildren(HistoryEvent? termination) =>
        termination is { ExecutionTerminated.Recurse: true } ? HistoryEvents.ToMail(termination, Mail.AnyExecution) : null;
}
