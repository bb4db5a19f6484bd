using CityBrain.Cases;
using Microsoft.DurableTask.Client;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>Tells early warning of each appeal that leaves intake. What devices and warnings file is no complaint, so it is not counted.</summary>
public sealed class FiledCaseWriter(WatchQueue queue) : IOutboxHandler
{
    /// <inheritdoc/>
    public Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken) => EntryOf(entry) is { } told ? queue.SendAsync(told, cancellationToken) : Task.CompletedTask;

    /// <summary>What is told of a change: null for most.</summary>
    public static WatchEntry? EntryOf(OutboxEntry entry) => entry is { Text: { } text, After: { Kind: OriginKind.Appeal } filed }
        ? new WatchEntry($"case-{filed.CaseId}", filed.FiledAt) { Case = new(filed.CaseId, entry.Title ?? "", text, filed.CategoryCode, filed.AreaId, entry.ReporterKey, entry.Places) }
        : null;
}
