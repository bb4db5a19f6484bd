using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>Every day: enters recurrent problems and tests what was done about them.</summary>
public sealed class SweepProblems(ProblemDesk desk)
{
    /// <summary>Brings the register up to date.</summary>
    [Function(nameof(SweepProblems))]
    public Task RunAsync([TimerTrigger("0 40 18 * * *")] TimerInfo timer, CancellationToken cancellationToken) => desk.SweepAsync(cancellationToken);
}
