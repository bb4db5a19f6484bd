using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CityBrain.Tests;

/// <summary>
/// Speaks the protocol of Azure AI Language, with its limits: five documents of 5,120 text elements. It knows one person, Wendell Quist, and one
/// street; a document that says "poison" has an error of its own.
/// </summary>
internal sealed class LanguageServer : IAsyncDisposable
{
    public const string Key = "key-of-the-language-service";

    private readonly WebApplication _app;

    private LanguageServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public ConcurrentQueue<JsonNode> Requests { get; } = new();

    /// <summary>How many requests are still refused, with which status.</summary>
    public (int Count, int Status) Refusals { get; set; }

    public static async Task<LanguageServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new LanguageServer(builder.Build());
        server._app.MapPost("/language/:analyze-text", server.Analyze);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> Analyze(HttpRequest request)
    {
        var body = (await JsonNode.ParseAsync(request.Body))!;
        Requests.Enqueue(body);
        if (Refusals.Count > 0)
        {
            Refusals = Refusals with { Count = Refusals.Count - 1 };
            request.HttpContext.Response.Headers["retry-after-ms"] = "1";
            return Results.Json(new { error = new { code = "TooManyRequests", message = "slow down" } }, statusCode: Refusals.Status);
        }

        var documents = body["analysisInput"]!["documents"]!.AsArray();
        return request.Headers["Ocp-Apim-Subscription-Key"] != Key ? Results.Json(new { error = new { code = "401", message = "key" } }, statusCode: 401)
            : request.Query["api-version"] != "2023-04-01" || (string?)body["kind"] != "PiiEntityRecognition" || documents.Count > 5
                ? Results.Json(new { error = new { code = "InvalidRequest", message = "bad" } }, statusCode: 400)
            : Results.Json(new
            {
                kind = "PiiEntityRecognitionResults",
                results = new
                {
                    documents = documents.Where(document => ErrorOf(Text(document!)) is null).Select(Found),
                    errors = documents.Where(document => ErrorOf(Text(document!)) is not null).Select(document => new
                    {
                        id = (string)document!["id"]!,
                        error = new { code = "InvalidArgument", message = "Invalid document.", innererror = new { code = ErrorOf(Text(document)), message = "no" } },
                    }),
                    modelVersion = "2023-09-01",
                },
            });
    }

    private static string Text(JsonNode document) => (string)document["text"]!;

    private static string? ErrorOf(string text) =>
        new StringInfo(text).LengthInTextElements > 5120 ? "InvalidDocument" : text.Contains("poison", StringComparison.Ordinal) ? "UnsupportedLanguageCode" : null;

    private static object Found(JsonNode? document)
    {
        var text = Text(document!);
        return new
        {
            id = (string)document!["id"]!,
            redactedText = text,
            entities = new[] { ("Wendell Quist", "Person"), ("Elm Street", "Address") }
                .SelectMany(known => Positions(text, known.Item1).Select(at => new { text = known.Item1, category = known.Item2, offset = at, length = known.Item1.Length, confidenceScore = 0.9 })),
            warnings = Array.Empty<object>(),
        };
    }

    private static IEnumerable<int> Positions(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            yield return at;
        }
    }
}
