using System.Globalization;
using System.Text.Json;
using CityBrain.Embedded.Tables.Entities;
using CityBrain.Embedded.Tables.Sqlite;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>One request, read as far as its head, and the ways to answer it.</summary>
/// <param name="http">The request and its answer.</param>
/// <param name="target">What the path names.</param>
/// <param name="options">The query.</param>
/// <param name="writer">Writes the entities of the answer.</param>
internal sealed class Exchange(HttpContext http, TableTarget target, QueryOptions options, EntityJsonWriter writer)
{
    public const string XmlType = "application/xml";

    /// <summary>Largest body, in bytes, of single requests and transactions alike, as documented for transactions.</summary>
    private const int LargestBody = 4 * 1024 * 1024;

    public TableTarget Target => target;

    public QueryOptions Options => options;

    public EntityJsonWriter Writer => writer;

    public HttpRequest Request => http.Request;

    /// <summary>What to do: the method, or the one that a POST names in X-HTTP-Method for callers behind narrow proxies.</summary>
    public string Method => HttpMethods.IsPost(Request.Method) && (string?)Request.Headers["X-HTTP-Method"] is { Length: > 0 } other ? other : Request.Method;

    public string? IfMatch => Request.Headers.IfMatch;

    public bool WantsNoContent => PreferHeader.WantsNoContent(Request.Headers["Prefer"]);

    /// <summary>Largest page that the caller wants, 1 to 1,000.</summary>
    public TableResult<int> Top =>
        options.Top is null ? EntityLimits.LargestPage
        : int.TryParse(options.Top, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top is >= 1 and <= EntityLimits.LargestPage ? top
        : TableError.InvalidInput("$top must be 1 to 1,000.");

    private string JsonType => writer.Metadata switch
    {
        Metadata.None => "application/json;odata=nometadata;streaming=true;charset=utf-8",
        Metadata.Full => "application/json;odata=fullmetadata;streaming=true;charset=utf-8",
        _ => "application/json;odata=minimalmetadata;streaming=true;charset=utf-8",
    };

    public Task RefuseAsync(TableError error) => ErrorReply.WriteAsync(http.Response, error);

    /// <summary>The answer to a write that succeeded; the ETag may be null.</summary>
    public Task DoneAsync(string? etag)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        http.Response.Headers.ETag = etag;
        return Task.CompletedTask;
    }

    public Task EntityAsync(int status, EntityRecord entity)
    {
        http.Response.Headers.ETag = EntityVersion.ETag(entity.Stamp);
        return SendAsync(status, JsonType, body => writer.WriteOne(body, entity, options.Select));
    }

    public Task PageAsync(EntityPage page)
    {
        if (page.Next is { } next)
        {
            http.Response.Headers["x-ms-continuation-NextPartitionKey"] = next.PartitionToken;
            http.Response.Headers["x-ms-continuation-NextRowKey"] = next.RowToken;
        }

        return SendAsync(StatusCodes.Status200OK, JsonType, body => writer.WritePage(body, page.Entities, options.Select));
    }

    public Task JsonAsync(int status, Action<Utf8JsonWriter> write) => SendAsync(status, JsonType, body =>
    {
        using var json = new Utf8JsonWriter(body, EntityJsonWriter.Options);
        write(json);
    });

    public void Header(string name, string value) => http.Response.Headers[name] = value;

    public async Task SendAsync(int status, string contentType, Action<PooledBuffer> write)
    {
        using var body = new PooledBuffer(1024);
        write(body);
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body.Memory, http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The whole body; the caller gives the buffer back.</summary>
    public async Task<TableResult<PooledBuffer>> ReadBodyAsync()
    {
        if (Request.ContentLength > LargestBody)
        {
            await DrainAsync().ConfigureAwait(false);
            return TableError.RequestBodyTooLarge;
        }

        var body = new PooledBuffer((int)(Request.ContentLength ?? 1024) + 1);
        while (await Request.Body.ReadAsync(body.GetMemory(), http.RequestAborted).ConfigureAwait(false) is > 0 and var count)
        {
            body.Advance(count);
            if (body.Length > LargestBody)
            {
                body.Dispose();
                await DrainAsync().ConfigureAwait(false);
                return TableError.RequestBodyTooLarge;
            }
        }

        return body;
    }

    /// <summary>Reads the rest away, up to the limit of the web server, so that a client that is still sending gets to see the refusal.</summary>
    private Task DrainAsync() => Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
}
