using Azure;
using Azure.Data.Tables;

namespace CityBrain.Cases;

/// <summary>Values as JSON in rows of a table, changed by whoever comes first and then by the next.</summary>
internal static class JsonRows
{
    // Each failed attempt means that another change went through.
    private const int Attempts = 50;

    /// <summary>The value of a row; the default when there is none.</summary>
    public static async Task<T?> FindAsync<T>(this TableClient table, string partition, string row, CancellationToken cancellationToken)
        where T : class
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return found is { HasValue: true, Value: { } entity } ? StoredJson.Read<T>(entity) : null;
    }

    /// <summary>Values of a partition in the order of their rows.</summary>
    public static IAsyncEnumerable<T> ListAsync<T>(this TableClient table, string partition, CancellationToken cancellationToken) =>
        table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellationToken).Select(StoredJson.Read<T>);

    /// <summary>Values of a partition whose rows begin alike, in the order of their rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="partition">Partition key.</param>
    /// <param name="prefix">How the row keys begin; ends with a bar.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static IAsyncEnumerable<T> ListAsync<T>(this TableClient table, string partition, string prefix, CancellationToken cancellationToken)
    {
        // What follows the bar in the order of characters.
        var end = prefix[..^1] + "}";
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {prefix} and RowKey lt {end}");
        return table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken).Select(StoredJson.Read<T>);
    }

    /// <summary>Adds a value; false when the row is there already.</summary>
    public static async Task<bool> TryAddAsync<T>(this TableClient table, string partition, string row, T value, CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(StoredJson.Write(new TableEntity(partition, row), value), cancellationToken);
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Changes the value of a row, or adds it; returns what is there in the end.</summary>
    /// <param name="table">The table.</param>
    /// <param name="partition">Partition key.</param>
    /// <param name="row">Row key.</param>
    /// <param name="change">The next value for what is there, null when nothing is there; to return the very same value is to change nothing.</param>
    /// <param name="cancellationToken">Gives up before a write.</param>
    public static Task<T?> ChangeAsync<T>(this TableClient table, string partition, string row, Func<T?, T?> change, CancellationToken cancellationToken)
        where T : class =>
        table.ChangeAsync<T>(partition, row, before => Task.FromResult(change(before)), cancellationToken);

    /// <summary>The same, where the next value rests on what must be read first.</summary>
    public static async Task<T?> ChangeAsync<T>(this TableClient table, string partition, string row, Func<T?, Task<T?>> change, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
            var seen = found is { HasValue: true, Value: { } entity } ? entity : null;
            var before = seen is null ? null : StoredJson.Read<T>(seen);
            var after = await change(before);
            if (after is null || ReferenceEquals(before, after))
            {
                return before;
            }

            try
            {
                var next = StoredJson.Write(new TableEntity(partition, row), after);
                await (seen is null ? table.AddEntityAsync(next, cancellationToken) : table.UpdateEntityAsync(next, seen.ETag, TableUpdateMode.Replace, cancellationToken));
                return after;
            }
            catch (RequestFailedException conflict) when (conflict.Status is 404 or 409 or 412 && attempt < Attempts)
            {
                // Somebody else was quicker: look again.
            }
        }
    }
}
