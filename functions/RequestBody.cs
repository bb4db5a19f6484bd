using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace CityBrain;

/// <summary>Reads request bodies within limits: too long, not JSON or too deep is an answer, never an exception.</summary>
public static class RequestBody
{
    /// <summary>Longest body of a single item, in bytes.</summary>
    public const int SingleLimit = 64 * 1024;

    /// <summary>The body as a value, or the problem to answer with. An empty body gives the default value.</summary>
    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
    {
        var (bytes, problem) = await ReadBytesAsync(request, SingleLimit, cancellationToken);
        return problem is not null ? (default, problem)
            : bytes.Length == 0 ? (default, null)
            : Parse<T>(bytes.Span) is var (value, fault) && fault is null ? (value, null)
            : (default, Problem.Invalid("MALFORMED_JSON", fault));
    }

    /// <summary>A value of JSON text, or what is wrong with it.</summary>
    public static (T? Value, string? Fault) Parse<T>(ReadOnlySpan<byte> json)
    {
        try
        {
            return (JsonSerializer.Deserialize<T>(json, CityJson.Options), null);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            var place = fault is JsonException { Path: not null } at ? $" at {at.Path} (line {at.LineNumber + 1}, byte {at.BytePositionInLine})" : "";
            return (default, $"The body is not the JSON that is expected here{place}. Send UTF-8 JSON, nested at most {CityJson.MaxDepth} deep.");
        }
    }

    /// <summary>The whole body, or a 413.</summary>
    public static async Task<(ReadOnlyMemory<byte> Bytes, IResult? Problem)> ReadBytesAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return (default, TooLong(limit));
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 0));
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                return (default, TooLong(limit));
            }

            buffer.Write(chunk, 0, read);
        }

        return (buffer.GetBuffer().AsMemory(0, (int)buffer.Length), null);
    }

    private static IResult TooLong(int limit) => Problem.Of(413, "BODY_TOO_LARGE", $"The body is longer than {limit / 1024} KiB; send less at a time.");
}
