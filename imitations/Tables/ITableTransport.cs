using Azure;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables;

/// <summary>
/// A way to reach a Table service. A refusal is a response with an error status, never an exception, so that the clients decide alike for
/// every transport which refusals throw.
/// </summary>
internal interface ITableTransport
{
    string AccountName { get; }

    Uri Endpoint { get; }

    Task<Response> CreateTableAsync(string table, CancellationToken cancellationToken);

    Task<Response> DeleteTableAsync(string table, CancellationToken cancellationToken);

    /// <summary>The entity is null when the response is a refusal.</summary>
    Task<(Response Response, EntityRecord? Entity)> GetAsync(string table, string partitionKey, string rowKey, IReadOnlyCollection<string>? select, CancellationToken cancellationToken);

    Task<Response> WriteAsync(string table, TableWrite write, CancellationToken cancellationToken);

    /// <summary>All writes or none. On success one response for each write; on refusal <c>Responses</c> is null and, when one action is to blame, the text starts with its index and a colon.</summary>
    Task<(Response Response, IReadOnlyList<Response>? Responses)> TransactAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken);

    /// <summary>A page of at most <see cref="EntityQuery.Top"/> entities in ordinal order of partition and row key.</summary>
    Task<(Response Response, EntityPage? Page)> QueryAsync(string table, EntityQuery query, CancellationToken cancellationToken);
}

/// <param name="Filter">OData filter; null for all.</param>
/// <param name="Top">Largest page, 1 to 1,000; null means 1,000.</param>
/// <param name="Select">Names of the properties to return; null for all.</param>
/// <param name="Continuation">Where the page before ended, as that page told; null for the first page.</param>
internal sealed record EntityQuery(string? Filter, int? Top, IReadOnlyCollection<string>? Select, string? Continuation);

/// <param name="Entities">The entities of the page.</param>
/// <param name="Continuation">Token of the next page; null when this is the last.</param>
internal sealed record EntityPage(IReadOnlyList<EntityRecord> Entities, string? Continuation);
