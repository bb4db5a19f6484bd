using System.Globalization;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Builds the requests of the Table service REST API.</summary>
internal sealed class TableRequests(HttpPipeline pipeline, Uri endpoint, string version)
{
    public const string JsonFormat = "application/json;odata=minimalmetadata";

    private readonly string _root = endpoint.AbsoluteUri.TrimEnd('/');

    public HttpMessage CreateTable(string table)
    {
        var message = Message(RequestMethod.Post, _root + "/Tables");
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        return WithBody(message, Encoding.UTF8.GetBytes($$"""{"TableName":"{{System.Text.Json.JsonEncodedText.Encode(table)}}"}"""));
    }

    public HttpMessage DeleteTable(string table) => Message(RequestMethod.Delete, $"{_root}/Tables('{Key(table)}')");

    public HttpMessage Get(string table, string partitionKey, string rowKey, IReadOnlyCollection<string>? select) =>
        Message(RequestMethod.Get, EntityUri(table, partitionKey, rowKey) + QueryString(("$select", SelectList(select))));

    public HttpMessage Query(string table, EntityQuery query)
    {
        var position = query.Continuation?.Split(' ', 2) ?? [];
        return Message(RequestMethod.Get, $"{_root}/{Uri.EscapeDataString(table)}()" + QueryString(
            ("$filter", string.IsNullOrWhiteSpace(query.Filter) ? null : query.Filter),
            ("$top", query.Top?.ToString(CultureInfo.InvariantCulture)),
            ("$select", SelectList(query.Select)),
            ("NextPartitionKey", position.ElementAtOrDefault(0)),
            ("NextRowKey", position.ElementAtOrDefault(1))));
    }

    public HttpMessage Write(string table, TableWrite write)
    {
        var (method, uri) = Target(table, write);
        var message = Message(method, uri);
        foreach (var (name, value) in Headers(write))
        {
            message.Request.Headers.SetValue(name, value);
        }

        return write.IsDelete ? message : WithBody(message, EntityJson.Write(write));
    }

    public HttpMessage Transact(string table, IReadOnlyList<TableWrite> writes)
    {
        var message = Message(RequestMethod.Post, _root + "/$batch");
        var boundary = "batch_" + Guid.NewGuid();
        message.Request.Content = RequestContent.Create(BatchBody(boundary, table, writes));
        message.Request.Headers.SetValue(HttpHeader.Names.ContentType, $"multipart/mixed; boundary={boundary}");
        return message;
    }

    private static HttpMessage WithBody(HttpMessage message, byte[] body)
    {
        message.Request.Content = RequestContent.Create(body);
        message.Request.Headers.SetValue(HttpHeader.Names.ContentType, "application/json");
        return message;
    }

    private static string? SelectList(IReadOnlyCollection<string>? select) => select is null or { Count: 0 } ? null : string.Join(',', select);

    private static string QueryString(params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }

        return text.ToString();
    }

    private static string Key(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Value)> Headers(TableWrite write)
    {
        if (write.IsAdd)
        {
            yield return ("Prefer", "return-no-content");
        }
        else if (write.IfMatch is { } etag)
        {
            yield return ("If-Match", etag);
        }
    }

    private (RequestMethod Method, string Uri) Target(string table, TableWrite write) => write switch
    {
        { IsAdd: true } => (RequestMethod.Post, $"{_root}/{Uri.EscapeDataString(table)}"),
        { IsDelete: true } => (RequestMethod.Delete, EntityUri(table, write.PartitionKey, write.RowKey)),
        { IsMerge: true } => (RequestMethod.Patch, EntityUri(table, write.PartitionKey, write.RowKey)),
        _ => (RequestMethod.Put, EntityUri(table, write.PartitionKey, write.RowKey)),
    };

    private string EntityUri(string table, string partitionKey, string rowKey) =>
        $"{_root}/{Uri.EscapeDataString(table)}(PartitionKey='{Key(partitionKey)}',RowKey='{Key(rowKey)}')";

    private HttpMessage Message(RequestMethod method, string uri)
    {
        var message = pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(uri));
        message.Request.Headers.SetValue("x-ms-version", version);
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        message.Request.Headers.SetValue("MaxDataServiceVersion", "3.0");
        message.Request.Headers.SetValue(HttpHeader.Names.Accept, JsonFormat);
        return message;
    }

    private byte[] BatchBody(string boundary, string table, IReadOnlyList<TableWrite> writes)
    {
        var changes = "changeset_" + Guid.NewGuid();
        using var body = new MemoryStream();
        Text($"--{boundary}\r\nContent-Type: multipart/mixed; boundary={changes}\r\n\r\n");
        foreach (var write in writes)
        {
            var (method, uri) = Target(table, write);
            Text($"--{changes}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            Text($"{method.Method} {new Uri(uri).AbsoluteUri} HTTP/1.1\r\nAccept: {JsonFormat}\r\nDataServiceVersion: 3.0\r\n");
            foreach (var (name, value) in Headers(write))
            {
                Text($"{name}: {value}\r\n");
            }

            Text(write.IsDelete ? "\r\n" : "Content-Type: application/json\r\n\r\n");
            body.Write(write.IsDelete ? [] : EntityJson.Write(write));
            Text("\r\n");
        }

        Text($"--{changes}--\r\n\r\n--{boundary}--\r\n");
        return body.ToArray();

        void Text(string text) => body.Write(Encoding.UTF8.GetBytes(text));
    }
}
