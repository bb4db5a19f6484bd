using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CityBrain.Embedded.Tables.Rest;

/// <summary>Refusals as the service's OData JSON, with the code in a header too, which some clients read first.</summary>
internal static class ErrorReply
{
    public const string ContentType = "application/json;odata=minimalmetadata;charset=utf-8";

    public static async Task WriteAsync(HttpResponse response, TableError error)
    {
        using var body = new PooledBuffer(512);
        WriteBody(body, error);
        response.Clear();
        response.StatusCode = error.Status;
        response.ContentType = ContentType;
        response.Headers["x-ms-error-code"] = error.Code;
        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "SharedKey";
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            await response.Body.WriteAsync(body.Memory, response.HttpContext.RequestAborted).ConfigureAwait(false);
        }
    }

    public static void WriteBody(PooledBuffer body, TableError error)
    {
        using var json = new Utf8JsonWriter(body, EntityJsonWriter.Options);
        json.WriteStartObject();
        json.WriteStartObject("odata.error"u8);
        json.WriteString("code"u8, error.Code);
        json.WriteStartObject("message"u8);
        json.WriteString("lang"u8, "en-US"u8);
        json.WriteString("value"u8, error.Message);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
