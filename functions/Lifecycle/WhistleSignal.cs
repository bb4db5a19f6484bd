using CityBrain.Cases;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CityBrain.Lifecycle;

/// <summary>Starts the clock of a new whistle, and tells the clocks of open whistles when the case or a party has moved.</summary>
public sealed class WhistleSignal : IOutboxHandler
{
    /// <inheritdoc/>
    public async Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (entry is { Step.Action: CaseAction.Whistle, Whistle: { } blown })
        {
            var whistle = new WhistleRef(entry.After.CaseId, blown.Round);
            await Starting.OnceAsync(nameof(WhistleLifecycle), whistle.InstanceId, whistle, Starting.AnyStatus, durable, cancellationToken);
        }
        else if (entry.Before?.Whistles is { } before && (entry.Whistle is not null || entry.Before.State != entry.After.State) && entry.Step.Action is not CaseAction.RemindWhistle)
        {
            await Task.WhenAll(before.Where(call => call.IsOpen).Select(call => durable.RaiseEventAsync(
                new WhistleRef(entry.After.CaseId, call.Round, call.Party).InstanceId, CaseNews.CaseChanged, entry.After.Version, cancellationToken)));
        }
    }
}
