using CityBrain.Embedded.Storage;
using CityBrain.Embedded.Tables.Entities;
using CityBrain.Embedded.Tables.Filters;
using CityBrain.Embedded.Tables.Sqlite;

namespace CityBrain.Embedded.Tables;

/// <summary>
/// The tables of one file, without a protocol; <see cref="Rest.TablesEndpoint"/> puts them on HTTP. Safe for concurrent use. The caller
/// keeps one for each store and closes the store, not this.
/// </summary>
public sealed class TableService
{
    private readonly SqliteStore _store;
    private readonly EntityWriter _writer;

    /// <param name="store">The open file; its tables are made if it has none.</param>
    public TableService(SqliteStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;

        // The service's own mark of when it wrote, which has nothing to do with what time it is in an accelerated city.
        _writer = new(TimeProvider.System);
        TableSchema.Create(_store);
    }

    internal async Task<TableError?> CreateTableAsync(string table) =>
        EntityLimits.CheckTableName(table)
        ?? (await _store.WriteAsync(session => TableSchema.CreateTable(session, table)).ConfigureAwait(false) ? null : TableError.TableAlreadyExists);

    internal async Task<TableError?> DeleteTableAsync(string table) =>
        await _store.WriteAsync(session => TableSchema.DeleteTable(session, table)).ConfigureAwait(false) ? null : TableError.ResourceNotFound;

    /// <summary>The name as it was given when the table was made, or null.</summary>
    internal string? FindTable(string table) => _store.Read(session => TableSchema.FindName(session, table));

    /// <summary>A page of at most <paramref name="top"/> tables, beginning with the name <paramref name="start"/>.</summary>
    internal TableResult<TablePage> ListTables(string? filter, int top, string? start)
    {
        if (!Filter.TryParse(filter, out var parsed, out var error))
        {
            return error;
        }

        var names = _store.Read(session => TableSchema.ListNames(session, start ?? string.Empty));
        var page = new List<string>();
        foreach (var name in names)
        {
            if (parsed?.Matches(new(string.Empty, string.Empty, 0, [new("TableName", EdmValue.Of(name))])) == false)
            {
                continue;
            }

            if (page.Count == top)
            {
                return new TablePage(page, name);
            }

            page.Add(name);
        }

        return new TablePage(page, null);
    }

    internal TableResult<EntityRecord> Get(string table, string partitionKey, string rowKey) =>
        EntityLimits.CheckKeys(partitionKey, rowKey) is { } error ? error : _store.Read(session => EntityScan.ReadPoint(session, table, partitionKey, rowKey));

    /// <summary>Answers the new stamp of the entity, also for a delete, where it means nothing.</summary>
    internal async Task<TableResult<long>> WriteAsync(string table, TableWrite write)
    {
        if (EntityLimits.Check(write) is { } error)
        {
            return error;
        }

        PreparedWrite[] prepared = [PreparedWrite.Of(write)];
        var outcome = await _store.WriteAsync(session => _writer.Apply(session, table, prepared)).ConfigureAwait(false);
        return outcome.Refusal is { } refusal ? refusal : outcome.Stamps[0];
    }

    /// <summary>
    /// All writes or none. Answers the new stamp of each entity; when one write is to blame for a refusal, the text begins with its index
    /// and a colon.
    /// </summary>
    internal async Task<TableResult<long[]>> TransactAsync(string table, IReadOnlyList<TableWrite> writes)
    {
        if (EntityLimits.CheckTransaction(writes) is { } bad)
        {
            return bad.Error.AtAction(bad.Action);
        }

        var prepared = new PreparedWrite[writes.Count];
        for (var i = 0; i < prepared.Length; i++)
        {
            prepared[i] = PreparedWrite.Of(writes[i]);
        }

        var outcome = await _store.WriteAsync(session => _writer.Apply(session, table, prepared)).ConfigureAwait(false);
        return outcome.Refusal is { } refusal ? refusal.AtAction(outcome.RefusedAction) : outcome.Stamps;
    }

    /// <summary>A page of at most <see cref="EntityQuery.Top"/> entities in ordinal order of partition and row key.</summary>
    internal TableResult<EntityPage> Query(string table, EntityQuery query)
    {
        if (!Filter.TryParse(query.Filter, out var filter, out var error))
        {
            return error;
        }

        var page = _store.Read(session => TableSchema.FindTable(session, table) is { } tableId
            ? EntityScan.ReadPage(session, tableId, filter, query.Top, query.Start)
            : null);
        return page is null ? TableError.TableNotFound : page;
    }
}
