using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Supervision;

/// <summary>Every hour: freezes the months whose days of grace are over.</summary>
public sealed class FreezeMonths(MonthFreezer freezer)
{
    /// <summary>Freezes what is due.</summary>
    [Function(nameof(FreezeMonths))]
    public Task RunAsync([TimerTrigger("0 20 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => freezer.FreezeDueAsync(cancellationToken);
}
