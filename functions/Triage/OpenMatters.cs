using Azure.Data.Tables;
using CityBrain.Cases;
using Microsoft.DurableTask.Client;

namespace CityBrain.Triage;

/// <summary>
/// Where the open cases are found that may be about the same matter as a new one. A case enters when it leaves intake, moves when its
/// category or its place changes, and leaves when it ends; what is written again changes nothing.
/// </summary>
public sealed class OpenMatters(CityTables tables, CaseStore cases) : IOutboxHandler
{
    private const int MostOfAPartition = 50;

    /// <inheritdoc/>
    public async Task HandleAsync(OutboxEntry entry, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var (was, stays) = (IsOpen(entry.Before), IsOpen(entry.After));
        var moves = entry.Step.Action is CaseAction.Relocate;
        if (was == stays && (!stays || (!moves && entry.Before!.CategoryCode == entry.After.CategoryCode)))
        {
            return;
        }

        // The case as it is now decides, so a late delivery does what a prompt one would have done.
        var current = await cases.FindAsync(entry.After.CaseId, cancellationToken) ?? throw new InvalidOperationException($"Case {entry.After.CaseId} is not in the store.");
        var wanted = IsOpen(CaseSummary.Of(current)) ? MatterKeys.Of(current) : [];
        var had = MatterKeys.Of(current)
            .Concat(entry.Before?.CategoryCode is { } category && current.Triage is { } triage ? MatterKeys.Of(current with { Triage = triage with { CategoryCode = category } }) : [])
            .Concat(moves ? MatterKeys.Of(current with { Point = entry.MovedFrom }) : [])
            .Distinct(StringComparer.Ordinal);
        await Task.WhenAll(wanted.Select(key => tables.Matters.UpsertEntityAsync(new TableEntity(key, current.Id), TableUpdateMode.Replace, cancellationToken)));
        await Task.WhenAll(had.Except(wanted).Select(key => tables.Matters.DeleteEntityAsync(key, current.Id, cancellationToken: cancellationToken)));
    }

    /// <summary>The open cases in some partitions, without the asking case itself; of a crowded partition only a part.</summary>
    public async Task<IReadOnlyList<Case>> FindAsync(IEnumerable<string> keys, string exceptId, CancellationToken cancellationToken)
    {
        var ids = await Task.WhenAll(keys.Select(key => tables.Matters.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {key}"), MostOfAPartition, ["RowKey"], cancellationToken)
            .Take(MostOfAPartition).Select(row => row.RowKey).ToListAsync(cancellationToken).AsTask()));
        var found = await Task.WhenAll(ids.SelectMany(some => some).Distinct(StringComparer.Ordinal).Where(id => id != exceptId).Select(id => cases.FindAsync(id, cancellationToken)));
        return [.. found.OfType<Case>().Where(other => IsOpen(CaseSummary.Of(other)))];
    }

    /// <summary>Open and past intake: what has not been looked at is no master of anything.</summary>
    private static bool IsOpen(CaseSummary? summary) => summary is not null && summary.State is not CaseState.Filed && !CaseTransitions.IsEnd(summary.State);
}
