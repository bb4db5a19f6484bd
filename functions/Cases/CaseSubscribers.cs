using Azure.Data.Tables;

namespace CityBrain.Cases;

/// <summary>Which cases were merged into a case: a row for each, beside the master. Written again and again without harm.</summary>
public sealed class CaseSubscribers(CityTables tables)
{
    /// <summary>True when the row is there.</summary>
    public async Task<bool> ContainsAsync(string master, string subscriber, CancellationToken cancellationToken) =>
        (await tables.Cases.GetEntityIfExistsAsync<TableEntity>(CaseKeys.Partition(master), CaseKeys.SubscriberRow(master, subscriber), ["RowKey"], cancellationToken)).HasValue;

    /// <summary>Adds a subscriber.</summary>
    public Task AddAsync(string master, string subscriber, CancellationToken cancellationToken) =>
        tables.Cases.UpsertEntityAsync(new TableEntity(CaseKeys.Partition(master), CaseKeys.SubscriberRow(master, subscriber)), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Takes a subscriber away.</summary>
    public Task RemoveAsync(string master, string subscriber, CancellationToken cancellationToken) =>
        tables.Cases.DeleteEntityAsync(CaseKeys.Partition(master), CaseKeys.SubscriberRow(master, subscriber), cancellationToken: cancellationToken);

    /// <summary>The cases that were merged into a case, in the order of their ids.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(string master, CancellationToken cancellationToken)
    {
        var (first, last) = (CaseKeys.SubscriberRow(master, ""), CaseKeys.SubscriberRow(master, "~"));
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {CaseKeys.Partition(master)} and RowKey gt {first} and RowKey lt {last}");
        return await tables.Cases.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellationToken)
            .Select(row => row.RowKey[first.Length..]).ToListAsync(cancellationToken);
    }
}
