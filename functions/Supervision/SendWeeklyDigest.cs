using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>Every ten minutes: tells of the week when it is eight o'clock on its first working day.</summary>
public sealed class SendWeeklyDigest(DigestDesk desk)
{
    /// <summary>Tells what is due.</summary>
    [Function(nameof(SendWeeklyDigest))]
    public Task RunAsync([TimerTrigger("0 */10 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => desk.SendDueAsync(cancellationToken);
}
