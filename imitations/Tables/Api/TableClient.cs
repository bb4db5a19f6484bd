using Azure.Core;
using Azure.Data.Tables.Models;
using CityBrain.Embedded.Tables;
using CityBrain.Embedded.Tables.Entities;
using CityBrain.Embedded.Tables.Filters;
using CityBrain.Embedded.Tables.Rest;

namespace Azure.Data.Tables;

/// <summary>One table. Thread-safe. A refusal of the service is a <see cref="RequestFailedException"/> with its status and <see cref="TableErrorCode"/>.</summary>
public class TableClient
{
    private readonly ITableTransport _transport = null!;

    /// <param name="connectionString">Connection string of a storage account, of the emulator, or of the embedded platform.</param>
    /// <param name="tableName">Name of the table.</param>
    public TableClient(string connectionString, string tableName)
        : this(connectionString, tableName, null)
    {
    }

    /// <param name="connectionString">Connection string of a storage account, of the emulator, or of the embedded platform.</param>
    /// <param name="tableName">Name of the table.</param>
    /// <param name="options">Protocol version, retries and transport.</param>
    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this(TableTransports.FromConnectionString(connectionString, options), tableName)
    {
    }

    /// <param name="endpoint">Address of the account's Table service, HTTPS.</param>
    /// <param name="tableName">Name of the table.</param>
    /// <param name="tokenCredential">A Microsoft Entra identity.</param>
    /// <param name="options">Protocol version, retries and transport.</param>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(RestTableTransport.Create(endpoint, tokenCredential, options), tableName)
    {
    }

    /// <summary>For mocking.</summary>
    protected TableClient()
    {
    }

    internal TableClient(ITableTransport transport, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        (_transport, Name) = (transport, tableName);
    }

    /// <summary>Name of the table.</summary>
    public virtual string Name { get; } = null!;

    /// <summary>Name of the account.</summary>
    public virtual string AccountName => _transport.AccountName;

    /// <summary>Address of the table.</summary>
    public virtual Uri Uri => new(_transport.Endpoint.AbsoluteUri.TrimEnd('/') + "/" + Name);

    /// <summary>A filter with the interpolated values quoted and escaped.</summary>
    /// <exception cref="ArgumentException">A value is of no type that a filter knows.</exception>
    public static string CreateQueryFilter(FormattableString filter) => FilterText.Of(filter);

    /// <summary>Creates the table.</summary>
    /// <exception cref="RequestFailedException"><c>TableAlreadyExists</c>, or the name is not 3 to 63 letters and digits that start with a letter.</exception>
    public virtual async Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default)
    {
        var response = await _transport.CreateTableAsync(Name, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(new TableItem(Name), response.ThrowIfError());
    }

    /// <summary>Creates the table unless it exists.</summary>
    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default)
    {
        var response = await _transport.CreateTableAsync(Name, cancellationToken).ConfigureAwait(false);
        if (response.Status >= 400 && TableFailure.Exception(response) is var failure && failure.ErrorCode != TableErrorCode.TableAlreadyExists)
        {
            throw failure;
        }

        return Response.FromValue(new TableItem(Name), response);
    }

    /// <summary>Deletes the table with all its entities; a table that does not exist gives status 404 and no exception.</summary>
    public virtual async Task<Response> DeleteAsync(CancellationToken cancellationToken = default)
    {
        var response = await _transport.DeleteTableAsync(Name, cancellationToken).ConfigureAwait(false);
        return response.Status == 404 ? response : response.ThrowIfError();
    }

    /// <summary>Inserts an entity.</summary>
    /// <exception cref="RequestFailedException"><c>EntityAlreadyExists</c>, <c>TableNotFound</c>, or a limit is exceeded.</exception>
    public virtual Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        WriteAsync(TableTransactionActionType.Add, entity, default, cancellationToken);

    /// <summary>Merges into, or replaces, an entity that exists in the required version.</summary>
    /// <param name="entity">The entity.</param>
    /// <param name="ifMatch">Version that must be stored; <see cref="ETag.All"/> for any.</param>
    /// <param name="mode">What happens to properties that only the stored entity has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException"><c>UpdateConditionNotSatisfied</c> (412), <c>ResourceNotFound</c> (404), <c>TableNotFound</c>, or a limit is exceeded.</exception>
    public virtual Task<Response> UpdateEntityAsync<T>(T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity
    {
        if (ifMatch == default)
        {
            throw new ArgumentException("Value cannot be empty.", nameof(ifMatch));
        }

        var kind = mode == TableUpdateMode.Replace ? TableTransactionActionType.UpdateReplace : TableTransactionActionType.UpdateMerge;
        return WriteAsync(kind, entity, ifMatch, cancellationToken);
    }

    /// <summary>Merges into, or replaces, an entity, or inserts it.</summary>
    public virtual Task<Response> UpsertEntityAsync<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        WriteAsync(mode == TableUpdateMode.Replace ? TableTransactionActionType.UpsertReplace : TableTransactionActionType.UpsertMerge, entity, default, cancellationToken);

    /// <summary>Deletes an entity; one that does not exist gives status 404 and no exception.</summary>
    /// <exception cref="RequestFailedException"><c>UpdateConditionNotSatisfied</c> (412).</exception>
    public virtual async Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        var response = await _transport.WriteAsync(Name, TableWrite.Delete(partitionKey, rowKey, ifMatch), cancellationToken).ConfigureAwait(false);
        return response.Status == 404 ? response : response.ThrowIfError();
    }

    /// <inheritdoc cref="DeleteEntityAsync(string, string, ETag, CancellationToken)"/>
    public virtual Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <summary>Reads an entity.</summary>
    /// <exception cref="RequestFailedException"><c>ResourceNotFound</c> or <c>TableNotFound</c>, both 404.</exception>
    public virtual async Task<Response<T>> GetEntityAsync<T>(string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var (response, entity) = await GetAsync<T>(partitionKey, rowKey, select, cancellationToken).ConfigureAwait(false);
        return Response.FromValue(entity!, response.ThrowIfError());
    }

    /// <summary>Reads an entity, or tells by <see cref="NullableResponse{T}.HasValue"/> that it does not exist.</summary>
    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        var (response, entity) = await GetAsync<T>(partitionKey, rowKey, select, cancellationToken).ConfigureAwait(false);
        return response.Status == 404 ? new NoEntityResponse<T>(response) : Response.FromValue(entity!, response.ThrowIfError());
    }

    /// <summary>The entities that a filter matches, in ordinal order of partition and row key.</summary>
    /// <param name="filter">OData filter; null for all. See <see cref="CreateQueryFilter(FormattableString)"/>.</param>
    /// <param name="maxPerPage">Largest page, 1 to 1,000; null means 1,000.</param>
    /// <param name="select">Names of the properties to return; null for all.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public virtual AsyncPageable<T> QueryAsync<T>(string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        new EntityPageable<T>(_transport, Name, new(filter, maxPerPage, select?.ToHashSet(), null), cancellationToken);

    /// <summary>Applies all actions or none. They name one partition, and each entity once; at most 100, of 4 MiB together.</summary>
    /// <returns>A response for each action, with the new ETag, in their order.</returns>
    /// <exception cref="TableTransactionFailedException">One action was refused; nothing was written.</exception>
    /// <exception cref="InvalidOperationException">There is no action.</exception>
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transactionActions);
        var writes = transactionActions.Select(WriteOf).ToList();
        if (writes.Count == 0)
        {
            throw new InvalidOperationException("The batch contains no entity operations.");
        }

        var (response, responses) = await _transport.TransactAsync(Name, writes, cancellationToken).ConfigureAwait(false);
        return responses is null ? throw TableFailure.TransactionException(response) : Response.FromValue(responses, response);
    }

    private static TableWrite WriteOf(TableTransactionAction action) => action.ActionType switch
    {
        TableTransactionActionType.Delete => TableWrite.Delete(action.Entity.PartitionKey, action.Entity.RowKey, action.ETag),
        TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace => TableWrite.Of(action.ActionType, action.Entity, action.ETag),
        _ => TableWrite.Of(action.ActionType, action.Entity, default),
    };

    private async Task<Response> WriteAsync(TableTransactionActionType kind, ITableEntity entity, ETag ifMatch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(entity.PartitionKey);
        ArgumentNullException.ThrowIfNull(entity.RowKey);
        var response = await _transport.WriteAsync(Name, TableWrite.Of(kind, entity, ifMatch), cancellationToken).ConfigureAwait(false);
        return response.ThrowIfError();
    }

    private async Task<(Response Response, T? Entity)> GetAsync<T>(string partitionKey, string rowKey, IEnumerable<string>? select, CancellationToken cancellationToken)
        where T : class, ITableEntity
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        var (response, record) = await _transport.GetAsync(Name, partitionKey, rowKey, select?.ToHashSet(), cancellationToken).ConfigureAwait(false);
        return (response, record is null ? null : (T)EntityCodec.For(typeof(T)).Read(record));
    }
}
