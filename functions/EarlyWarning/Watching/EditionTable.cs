using System.Globalization;
using Azure.Data.Tables;
using CityBrain.Cases;

namespace CityBrain.EarlyWarning.Watching;

/// <summary>
/// Values that are written anew from time to time, all that changed together: an edition. As each is a row of its own until the edition is whole, a
/// crash in the middle leaves the edition before as it was. Row keys are the value's own key, a bar and the edition; a row without a value says that
/// there is none any more.
/// </summary>
internal sealed class EditionTable(TableClient table, string partition)
{
    // A transaction holds at most 100 actions and 4 MiB; a character takes 2 bytes.
    private const int MostRows = 100;
    private const int MostCharacters = 1_000_000;

    private readonly Dictionary<string, HashSet<long>> _editions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    /// <summary>Reads the newest values up to an edition. What is newer was never finished; what is older is not needed any more: both are deleted.</summary>
    public async Task<IReadOnlyList<T>> LoadAsync<T>(long edition, CancellationToken cancellationToken)
    {
        var newest = new SortedDictionary<string, (long Edition, TableEntity Row)>(StringComparer.Ordinal);
        var stale = new List<string>();
        await foreach (var row in table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellationToken))
        {
            var bar = row.RowKey.LastIndexOf('|');
            var (key, of) = (row.RowKey[..bar], long.Parse(row.RowKey.AsSpan(bar + 1), CultureInfo.InvariantCulture));
            if (of > edition || (newest.TryGetValue(key, out var known) && known.Edition > of))
            {
                stale.Add(row.RowKey);
                continue;
            }

            if (known.Row is not null)
            {
                stale.Add(known.Row.RowKey);
            }

            newest[key] = (of, row);
        }

        var values = newest.Values.ToLookup(value => StoredJson.HasValue(value.Row));
        stale.AddRange(values[false].Select(value => value.Row.RowKey));
        await DeleteAsync(stale, cancellationToken);
        _editions.Clear();
        foreach (var (of, row) in values[true])
        {
            _editions[row.RowKey[..row.RowKey.LastIndexOf('|')]] = [of];
        }

        return [.. values[true].Select(value => StoredJson.Read<T>(value.Row))];
    }

    /// <summary>Writes values of an edition; null for one that is no more.</summary>
    public async Task WriteAsync<T>(IEnumerable<(string Key, T? Value)> values, long edition, CancellationToken cancellationToken)
        where T : class
    {
        var (batch, size) = (new List<TableTransactionAction>(), 0);
        foreach (var (key, value) in values)
        {
            var row = new TableEntity(partition, RowKey(key, edition));
            row = value is null ? row : StoredJson.Write(row, value);
            var length = row.Sum(property => property.Value is string text ? text.Length : 0);
            if (batch.Count == MostRows || (batch.Count > 0 && size + length > MostCharacters))
            {
                await table.SubmitTransactionAsync(batch, cancellationToken);
                (batch, size) = ([], 0);
            }

            batch.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, row));
            size += length;
            if (!_editions.TryGetValue(key, out var editions))
            {
                _editions[key] = editions = [];
            }

            editions.Add(edition);
            _written.Add(key);
            if (value is null)
            {
                _ended.Add(key);
            }
        }

        if (batch.Count > 0)
        {
            await table.SubmitTransactionAsync(batch, cancellationToken);
        }
    }

    /// <summary>Deletes what an edition, now whole, has replaced or ended.</summary>
    public Task SettleAsync(long edition, CancellationToken cancellationToken)
    {
        var stale = new List<string>();
        foreach (var key in _written)
        {
            stale.AddRange(_editions[key].Where(of => of < edition).Select(of => RowKey(key, of)));
            _editions[key] = [edition];
        }

        foreach (var key in _ended)
        {
            _editions.Remove(key);
            stale.Add(RowKey(key, edition));
        }

        _written.Clear();
        _ended.Clear();
        return DeleteAsync(stale, cancellationToken);
    }

    private async Task DeleteAsync(List<string> rows, CancellationToken cancellationToken)
    {
        foreach (var batch in rows.Chunk(MostRows))
        {
            await table.SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, row) { ETag = Azure.ETag.All })), cancellationToken);
        }
    }

    private static string RowKey(string key, long edition) => string.Create(CultureInfo.InvariantCulture, $"{key}|{edition:D12}");
}
