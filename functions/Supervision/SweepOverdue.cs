using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>Every ten minutes: reminds of replies that are due soon and supervises those that are late.</summary>
public sealed class SweepOverdue(OverdueDesk desk)
{
    /// <summary>Takes the steps that are due.</summary>
    [Function(nameof(SweepOverdue))]
    public Task RunAsync([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => desk.SweepAsync(cancellationToken);
}
