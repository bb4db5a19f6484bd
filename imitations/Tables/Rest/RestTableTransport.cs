using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using CityBrain.Embedded.Tables.Entities;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>The Table service of an account or of the emulator, over its REST protocol. Safe for concurrent use.</summary>
internal sealed class RestTableTransport : ITableTransport
{
    // The scope that storage accounts accept for Microsoft Entra tokens.
    private const string TokenScope = "https://storage.azure.com/.default";

    private readonly HttpPipeline _pipeline;
    private readonly TableRequests _requests;

    private RestTableTransport(string accountName, Uri endpoint, HttpPipelinePolicy authorization, TableClientOptions options)
    {
        (AccountName, Endpoint) = (accountName, endpoint);
        _pipeline = HttpPipelineBuilder.Build(options, authorization);
        _requests = new(_pipeline, endpoint, options.VersionString);
    }

    public string AccountName { get; }

    public Uri Endpoint { get; }

    public static RestTableTransport Create(TableConnectionString connection, TableClientOptions? options) =>
        new(connection.AccountName, connection.Endpoint, new SharedKeyLitePolicy(connection.AccountName, connection.AccountKey), options ?? new());

    public static RestTableTransport Create(Uri endpoint, TokenCredential credential, TableClientOptions? options) =>
        new(endpoint.Host.Split('.')[0], endpoint, new BearerTokenAuthenticationPolicy(credential, TokenScope), options ?? new());

    public Task<Response> CreateTableAsync(string table, CancellationToken cancellationToken) => SendAsync(_requests.CreateTable(table), cancellationToken);

    public Task<Response> DeleteTableAsync(string table, CancellationToken cancellationToken) => SendAsync(_requests.DeleteTable(table), cancellationToken);

    public Task<Response> WriteAsync(string table, TableWrite write, CancellationToken cancellationToken) => SendAsync(_requests.Write(table, write), cancellationToken);

    public async Task<(Response Response, EntityRecord? Entity)> GetAsync(string table, string partitionKey, string rowKey, IReadOnlyCollection<string>? select, CancellationToken cancellationToken)
    {
        var response = await SendAsync(_requests.Get(table, partitionKey, rowKey, select), cancellationToken).ConfigureAwait(false);
        if (response.IsError)
        {
            return (response, null);
        }

        using var json = JsonDocument.Parse(response.Content);
        return (response, EntityJson.Read(json.RootElement));
    }

    public async Task<(Response Response, IReadOnlyList<Response>? Responses)> TransactAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        var response = await SendAsync(_requests.Transact(table, writes), cancellationToken).ConfigureAwait(false);
        if (response.IsError)
        {
            return (response, null);
        }

        var responses = BatchResponse.Parse(response.Content.ToString());
        if (responses.FirstOrDefault(part => part.IsError) is { } refusal)
        {
            return (refusal, null);
        }

        return responses.Count == writes.Count
            ? (response, responses)
            : throw new RequestFailedException(response.Status, $"The service answered {responses.Count} of {writes.Count} actions.");
    }

    public async Task<(Response Response, EntityPage? Page)> QueryAsync(string table, EntityQuery query, CancellationToken cancellationToken)
    {
        var response = await SendAsync(_requests.Query(table, query), cancellationToken).ConfigureAwait(false);
        if (response.IsError)
        {
            return (response, null);
        }

        using var json = JsonDocument.Parse(response.Content);
        var entities = json.RootElement.GetProperty("value").EnumerateArray().Select(EntityJson.Read).ToList();
        return (response, new(entities, Continuation(response)));
    }

    private static string? Continuation(Response response)
    {
        var partition = response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var nextPartition);
        var row = response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var nextRow);
        return partition || row ? $"{nextPartition} {nextRow}" : null;
    }

    private async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken)
    {
        await _pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return message.Response;
    }
}
