using Azure;
using CityBrain.Embedded.Storage;
using CityBrain.Embedded.Tables.Entities;
using CityBrain.Embedded.Tables.Filters;

namespace CityBrain.Embedded.Tables.Sqlite;

/// <summary>The Table service of one embedded platform. Safe for concurrent use.</summary>
internal sealed class SqliteTableTransport : ITableTransport
{
    private const string PointQuery = """
        SELECT t.id, e.stamp, e.body FROM tables_table t
        LEFT JOIN tables_entity e ON e.table_id = t.id AND e.pk = ?2 AND e.rk = ?3 WHERE t.name = ?1
        """;

    private readonly SqliteStore _store;
    private readonly EntityWriter _writer;

    public SqliteTableTransport(EmbeddedPlatform platform)
    {
        _store = platform.Store;

        // The service's own mark of when it wrote, which has nothing to do with what time it is in an accelerated city.
        _writer = new(TimeProvider.System);
        TableSchema.Create(_store);
    }

    public string AccountName => "embedded";

    public Uri Endpoint { get; } = new("embedded://tables/");

    public async Task<Response> CreateTableAsync(string table, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (EntityLimits.CheckTableName(table) is { } error)
        {
            return TableResponse.Failure(error);
        }

        return await _store.WriteAsync(session => TableSchema.CreateTable(session, table)).ConfigureAwait(false)
            ? TableResponse.Success(204)
            : TableResponse.Failure(TableError.TableAlreadyExists);
    }

    public async Task<Response> DeleteTableAsync(string table, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await _store.WriteAsync(session => TableSchema.DeleteTable(session, table)).ConfigureAwait(false)
            ? TableResponse.Success(204)
            : TableResponse.Failure(TableError.ResourceNotFound);
    }

    public Task<(Response Response, EntityRecord? Entity)> GetAsync(string table, string partitionKey, string rowKey, IReadOnlyCollection<string>? select, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (EntityLimits.CheckKeys(partitionKey, rowKey) is { } error)
        {
            return Refused(error);
        }

        var found = _store.Read(session => session.QueryFirst(
            PointQuery,
            static row => new FoundRow(row.IsDBNull(1) ? null : row.GetInt64(1), row.IsDBNull(1) ? [] : row.GetFieldValue<byte[]>(2)),
            table,
            KeyBytes.Encode(partitionKey),
            KeyBytes.Encode(rowKey)));
        if (found?.Stamp is not { } stamp)
        {
            return Refused(found is null ? TableError.TableNotFound : TableError.ResourceNotFound);
        }

        var etag = EntityVersion.ETag(stamp);
        var entity = new EntityRecord(partitionKey, rowKey, EntityVersion.Timestamp(stamp), etag, EntityBlob.Decode(found.Body));
        return Task.FromResult<(Response, EntityRecord?)>((TableResponse.Success(200, etag), entity.Select(select)));

        static Task<(Response, EntityRecord?)> Refused(TableError error) => Task.FromResult<(Response, EntityRecord?)>((TableResponse.Failure(error), null));
    }

    public async Task<Response> WriteAsync(string table, TableWrite write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (EntityLimits.Check(write) is { } error)
        {
            return TableResponse.Failure(error);
        }

        var prepared = PreparedWrite.Of(write);
        var outcome = await _store.WriteAsync(session => _writer.Apply(session, table, [prepared])).ConfigureAwait(false);
        return outcome.Refusal is { } refusal ? TableResponse.Failure(refusal) : Written(write, outcome.Stamps[0]);
    }

    public async Task<(Response Response, IReadOnlyList<Response>? Responses)> TransactAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (EntityLimits.CheckTransaction(writes) is { } bad)
        {
            return (TableResponse.Failure(bad.Action is { } index ? bad.Error.AtAction(index) : bad.Error), null);
        }

        var prepared = new PreparedWrite[writes.Count];
        for (var i = 0; i < prepared.Length; i++)
        {
            prepared[i] = PreparedWrite.Of(writes[i]);
        }

        var outcome = await _store.WriteAsync(session => _writer.Apply(session, table, prepared)).ConfigureAwait(false);
        if (outcome.Refusal is { } refusal)
        {
            return (TableResponse.Failure(refusal.AtAction(outcome.RefusedAction)), null);
        }

        var responses = new Response[prepared.Length];
        for (var i = 0; i < responses.Length; i++)
        {
            responses[i] = Written(writes[i], outcome.Stamps[i]);
        }

        return (TableResponse.Success(202), responses);
    }

    public Task<(Response Response, EntityPage? Page)> QueryAsync(string table, EntityQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Query(table, query));
    }

    private static TableResponse Written(TableWrite write, long stamp) => TableResponse.Success(204, write.IsDelete ? null : EntityVersion.ETag(stamp));

    private (Response Response, EntityPage? Page) Query(string table, EntityQuery query)
    {
        if (query.Top is < 1 or > EntityLimits.LargestPage)
        {
            return (TableResponse.Failure(TableError.InvalidInput("A page has 1 to 1,000 entities.")), null);
        }

        try
        {
            var filter = string.IsNullOrWhiteSpace(query.Filter) ? null : Filter.Parse(query.Filter);
            var start = RowPosition.Parse(query.Continuation);
            var page = _store.Read(session => TableSchema.FindTable(session, table) is { } tableId
                ? EntityScan.ReadPage(session, tableId, filter, query.Top ?? EntityLimits.LargestPage, query.Select, start)
                : null);
            return page is null ? (TableResponse.Failure(TableError.TableNotFound), null) : (TableResponse.Success(200), page);
        }
        catch (FormatException malformed)
        {
            return (TableResponse.Failure(TableError.InvalidInput(malformed.Message)), null);
        }
    }

    private sealed record FoundRow(long? Stamp, byte[] Body);
}
