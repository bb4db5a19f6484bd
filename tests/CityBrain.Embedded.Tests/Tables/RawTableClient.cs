using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace CityBrain.Embedded.Tests.Tables;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawAnswer(int Status, string Head, string Body)
{
    /// <summary>Status and error code, to compare both at once.</summary>
    public string Error => $"{Status} {Header("x-ms-error-code")}";

    public string? Header(string name) => Head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}

/// <summary>Sends requests byte by byte over a socket, signed by the rules of the documentation and not by any client's code.</summary>
internal sealed class RawTableClient(TableServer server)
{
    /// <summary>The date in the headers; a test may turn it.</summary>
    public DateTimeOffset Date { get; init; } = TimeProvider.System.GetUtcNow();

    public string Key { get; init; } = TableServer.Key;

    /// <summary>True for SharedKey, false for SharedKeyLite.</summary>
    public bool Full { get; init; }

    public Task<RawAnswer> SendAsync(string method, string target, string body = "", params string[] headers) => SendAsync(method, target, Encoding.UTF8.GetBytes(body), headers);

    public Task<RawAnswer> SendAsync(string method, string target, byte[] body, params string[] headers)
    {
        var type = headers.FirstOrDefault(header => header.StartsWith("Content-Type:", StringComparison.Ordinal))?["Content-Type:".Length..].Trim() ?? (body.Length > 0 ? "application/json" : "");
        string[] own = [$"x-ms-date: {Date:r}", $"Authorization: {Authorization(method, target, type)}", .. body.Length > 0 || headers.Any(IsLength) ? [$"Content-Type: {type}"] : Array.Empty<string>()];
        return SendUnsignedAsync(method, target, body, [.. own, .. headers.Where(header => !header.StartsWith("Content-Type:", StringComparison.Ordinal))]);
    }

    /// <summary>Sends exactly these headers, and a length where they have none.</summary>
    public async Task<RawAnswer> SendUnsignedAsync(string method, string target, byte[] body, params string[] headers)
    {
        var length = body.Length == 0 || headers.Any(IsLength) ? [] : new[] { $"Content-Length: {body.Length}" };
        var head = string.Join("\r\n", [$"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close", .. headers, .. length, "", ""]);
        using var socket = new TcpClient("127.0.0.1", server.Http.BaseAddress!.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head), TestContext.Current.CancellationToken);
        await stream.WriteAsync(body, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"No answer to {method} {target}.");
        return new(int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture), answer[..end], answer[(end + 4)..]);
    }

    public string Authorization(string method, string target, string contentType = "")
    {
        var resource = $"/{TableServer.AccountName}{target.Split('?')[0]}" + (target.Contains("comp=", StringComparison.Ordinal) ? "?comp=" + target.Split("comp=")[1].Split('&')[0] : "");
        var text = Full ? $"{method}\n\n{contentType}\n{Date:r}\n{resource}" : $"{Date:r}\n{resource}";
        var signature = HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes(text));
        return $"{(Full ? "SharedKey" : "SharedKeyLite")} {TableServer.AccountName}:{Convert.ToBase64String(signature)}";
    }

    private static bool IsLength(string header) => header.StartsWith("Content-Length:", StringComparison.Ordinal) || header.StartsWith("Transfer-Encoding:", StringComparison.Ordinal);
}
