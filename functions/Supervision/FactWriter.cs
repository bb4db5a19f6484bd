using CityBrain.Cases;
using Microsoft.DurableTask.Client;

namespace CityBrain.Supervision;

/// <summary>Takes note of the steps by which departments are judged.</summary>
public sealed class FactWriter(FactStore facts) : IOutboxHandler
{
    /// <inheritdoc/>
    public Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken) =>
        CaseFact.Of(entry) is { } fact ? facts.AddAsync(fact, cancellationToken) : Task.CompletedTask;
}
