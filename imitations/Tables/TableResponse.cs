using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace CityBrain.Embedded.Tables;

/// <summary>A response that did not come over HTTP as such: one of the embedded tables, or a part of a batch response.</summary>
internal sealed class TableResponse(int status, IReadOnlyList<HttpHeader> headers, byte[]? body = null) : Response
{
    private Stream? _content = body is null ? null : new MemoryStream(body, writable: false);

    public override int Status => status;

    public override string ReasonPhrase => ((System.Net.HttpStatusCode)status).ToString();

    public override Stream? ContentStream
    {
        get => _content;
        set => _content = value;
    }

    public override string ClientRequestId { get; set; } = string.Empty;

    public override bool IsError => status >= 400;

    public static TableResponse Success(int status, string? etag = null) => new(status, etag is null ? [] : [new HttpHeader(HttpHeader.Names.ETag, etag)]);

    /// <summary>The refusal in the service's JSON, so that both transports fail alike.</summary>
    public static TableResponse Failure(TableError error) => new(error.Status, [new HttpHeader(HttpHeader.Names.ContentType, "application/json")], JsonSerializer.SerializeToUtf8Bytes(
        new Dictionary<string, object>
        {
            ["odata.error"] = new { code = error.Code, message = new { lang = "en-US", value = error.Message } },
        }));

    public override void Dispose() => _content?.Dispose();

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers;

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        foreach (var header in headers)
        {
            if (string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                value = header.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
