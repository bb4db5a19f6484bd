using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace CityBrain.Cases;

/// <summary>Reads the lists of <see cref="CaseIndex"/>: those of all shards, merged in order.</summary>
public sealed class CaseLists(CityTables tables)
{
    // Comes after every digit, with which each place in a list begins.
    private const string Last = "~";

    /// <summary>Places in a list, in order; <see cref="CaseIndex.CaseIdOf"/> has the case of each.</summary>
    /// <param name="list">Name of the list.</param>
    /// <param name="after">Only places after this one; empty: from the start.</param>
    /// <param name="before">Only places before this one; null: to the end.</param>
    /// <param name="pageSize">Rows that are read at once from each shard, 1 to 1,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<string> PlacesAsync(string list, string after, string? before, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var shards = CaseKeys.ShardNames.Select(shard => RowsAsync(shard, list + after, list + (before ?? Last), pageSize, cancellationToken)).ToList();
        try
        {
            var heads = new PriorityQueue<IAsyncEnumerator<TableEntity>, string>(StringComparer.Ordinal);
            var filled = await Task.WhenAll(shards.Select(shard => shard.MoveNextAsync().AsTask()));
            foreach (var shard in shards.Where((_, i) => filled[i]))
            {
                heads.Enqueue(shard, shard.Current.RowKey);
            }

            while (heads.TryDequeue(out var head, out var row))
            {
                yield return row[list.Length..];
                if (await head.MoveNextAsync())
                {
                    heads.Enqueue(head, head.Current.RowKey);
                }
            }
        }
        finally
        {
            await Task.WhenAll(shards.Select(shard => shard.DisposeAsync().AsTask()));
        }
    }

    private IAsyncEnumerator<TableEntity> RowsAsync(string shard, string after, string before, int pageSize, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey gt {after} and RowKey lt {before}");
        return tables.Cases.QueryAsync<TableEntity>(filter, pageSize, ["RowKey"], cancellationToken).GetAsyncEnumerator(cancellationToken);
    }
}
