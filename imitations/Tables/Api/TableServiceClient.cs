using Azure.Core;
using Azure.Data.Tables.Models;
using CityBrain.Embedded.Tables;
using CityBrain.Embedded.Tables.Rest;

namespace Azure.Data.Tables;

/// <summary>
/// The Table service of an account, or of the embedded platform when the connection string is <c>Embedded={path}</c>. Thread-safe; share one.
/// A table that is deleted is gone at once here, while the real service refuses its name with <c>TableBeingDeleted</c> for some 40 seconds.
/// </summary>
public class TableServiceClient
{
    private readonly ITableTransport _transport = null!;

    /// <param name="connectionString">Connection string of a storage account, of the emulator, or of the embedded platform.</param>
    public TableServiceClient(string connectionString)
        : this(connectionString, null)
    {
    }

    /// <param name="connectionString">Connection string of a storage account, of the emulator, or of the embedded platform.</param>
    /// <param name="options">Protocol version, retries and transport.</param>
    public TableServiceClient(string connectionString, TableClientOptions? options = null) =>
        _transport = TableTransports.FromConnectionString(connectionString, options);

    /// <param name="endpoint">Address of the account's Table service, HTTPS.</param>
    /// <param name="tokenCredential">A Microsoft Entra identity.</param>
    /// <param name="options">Protocol version, retries and transport.</param>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(tokenCredential);
        _transport = RestTableTransport.Create(endpoint, tokenCredential, options);
    }

    /// <summary>For mocking.</summary>
    protected TableServiceClient()
    {
    }

    /// <summary>Name of the account.</summary>
    public virtual string AccountName => _transport.AccountName;

    /// <summary>Address of the service.</summary>
    public virtual Uri Uri => _transport.Endpoint;

    /// <summary>A filter with the interpolated values quoted and escaped.</summary>
    public static string CreateQueryFilter(FormattableString filter) => TableClient.CreateQueryFilter(filter);

    /// <summary>A client of one table, which need not exist yet.</summary>
    public virtual TableClient GetTableClient(string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        return new(_transport, tableName);
    }

    /// <summary>Creates a table.</summary>
    /// <exception cref="RequestFailedException"><c>TableAlreadyExists</c>, or the name is not 3 to 63 letters and digits that start with a letter.</exception>
    public virtual async Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        await GetTableClient(tableName).CreateAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Creates a table unless it exists.</summary>
    public virtual async Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        await GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Deletes a table with all its entities; a table that does not exist gives status 404 and no exception.</summary>
    public virtual async Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        await GetTableClient(tableName).DeleteAsync(cancellationToken).ConfigureAwait(false);
}
